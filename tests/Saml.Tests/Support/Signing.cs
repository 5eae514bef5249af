using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Xml;
using OrleansIdentity.Saml.Parties;

namespace OrleansIdentity.Saml.Tests.Support;

/// <summary>How an identity provider signs, well or badly. Whatever is asked for is truly computed, so that nothing is refused only because it does not add up.</summary>
internal sealed record Signing
{
    public static Signing Default { get; } = new();

    public SignedParts Parts { get; init; } = SignedParts.Assertion;

    public TestKey Key { get; init; } = TestKey.Idp;

    /// <summary>The certificate that KeyInfo shows.</summary>
    public TestKey? Shown { get; init; } = TestKey.Idp;

    public string Method { get; init; } = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

    public string Digest { get; init; } = "http://www.w3.org/2001/04/xmlenc#sha256";

    public string Canonicalisation { get; init; } = SignedXml.XmlDsigExcC14NTransformUrl;

    /// <summary>The transforms.</summary>
    public Func<IEnumerable<Transform>> Transforms { get; init; } = () => [new XmlDsigEnvelopedSignatureTransform(), new XmlDsigExcC14NTransform()];

    /// <summary>The URI of the reference to an element, by its ID.</summary>
    public Func<string, string> Uri { get; init; } = id => "#" + id;

    /// <summary>Further references.</summary>
    public IReadOnlyList<string> MoreReferences { get; init; } = [];

    /// <summary>The key of an HMAC, instead of a signature.</summary>
    public byte[]? HmacKey { get; init; }

    /// <summary>Signs the assertion, the response, or first the one and then the other.</summary>
    public string Sign(string xml)
    {
        var document = Doc.Parse(xml);
        if (Parts is SignedParts.Assertion or SignedParts.Both)
        {
            Sign(Doc.Find(document, "Assertion"));
        }

        if (Parts is SignedParts.Response or SignedParts.Both)
        {
            Sign(document.DocumentElement!);
        }

        return document.OuterXml;
    }

    /// <summary>Puts a signature into the element, behind its issuer.</summary>
    public void Sign(XmlElement element)
    {
        var signed = new SignedXml(element) { SigningKey = Key.Key };
        signed.SignedInfo!.CanonicalizationMethod = Canonicalisation;
        foreach (var uri in MoreReferences.Prepend(Uri(element.GetAttribute("ID"))))
        {
            var reference = new Reference(uri) { DigestMethod = Digest };
            foreach (var transform in Transforms())
            {
                reference.AddTransform(transform);
            }

            signed.AddReference(reference);
        }

        if (HmacKey is null)
        {
            signed.SignedInfo.SignatureMethod = Method;
            if (Shown is not null)
            {
                signed.KeyInfo = new KeyInfo();
                signed.KeyInfo.AddClause(new KeyInfoX509Data(X509CertificateLoader.LoadCertificate(Shown.Der)));
            }

            signed.ComputeSignature();
        }
        else
        {
            using var hmac = new HMACSHA256(HmacKey);
            signed.ComputeSignature(hmac);
        }

        var signature = element.OwnerDocument.ImportNode(signed.GetXml(), deep: true);
        element.InsertAfter(signature, element.ChildNodes.OfType<XmlElement>().FirstOrDefault(child => child.LocalName == "Issuer"));
    }
}
