using System.Security.Cryptography;
using System.Security.Cryptography.Xml;
using System.Text;
using OrleansIdentity.Saml.Parties;
using OrleansIdentity.Saml.Signatures;
using OrleansIdentity.Saml.Tests.Support;

namespace OrleansIdentity.Saml.Tests.Attacks;

/// <summary>Rows 1 to 3 and 15 to 20 of the attacks: signatures that are absent, cover something else, or were made by somebody else.</summary>
public sealed class SignatureTests
{
    private const string RsaSha1 = "http://www.w3.org/2000/09/xmldsig#rsa-sha1";

    // Row 1.
    [Fact]
    public async Task Validate_NoSignature_IsRefused() => await Judge.RefusesAsync("saml-signature-missing", SamlCase.Of(new Genuine().ToXml()));

    // Row 2.
    [Theory]
    [InlineData(SignedParts.Assertion)]
    [InlineData(SignedParts.Response)]
    internal async Task Validate_SignatureRemoved_IsRefused(SignedParts parts) => await Judge.RefusesAsync(
        "saml-signature-missing",
        new Genuine().Signed(new Signing { Parts = parts }).With(xml => Doc.Edit(xml, document =>
        {
            var signature = Doc.Find(document, "Signature");
            signature.ParentNode!.RemoveChild(signature);
        })),
        $"{parts}");

    // Row 3.
    [Theory]
    [InlineData(SignedParts.Response, SignedParts.Assertion)]
    [InlineData(SignedParts.Assertion, SignedParts.Response)]
    [InlineData(SignedParts.Response, SignedParts.Both)]
    [InlineData(SignedParts.Assertion, SignedParts.Both)]
    internal async Task Validate_AnotherPartSignedThanDemanded_IsRefused(SignedParts signed, SignedParts demanded) => await Judge.RefusesAsync(
        "saml-signature-missing", new Genuine().Signed(new Signing { Parts = signed }) with { Policy = new SamlPolicy { Signed = demanded } }, $"{signed}-{demanded}");

    [Theory]
    [InlineData(SignedParts.Assertion)]
    [InlineData(SignedParts.Response)]
    [InlineData(SignedParts.Both)]
    [InlineData(SignedParts.Either)]
    internal async Task Validate_BothSigned_SatisfiesEveryPolicy(SignedParts demanded) => await Judge.AcceptsAsync(
        new Genuine().Signed(new Signing { Parts = SignedParts.Both }) with { Policy = new SamlPolicy { Signed = demanded } }, $"{demanded}");

    // A signature that is there must verify, even where the other one would do.
    [Theory]
    [InlineData("_response")]
    [InlineData("_assertion")]
    public async Task Validate_OneOfTwoSignaturesBroken_IsRefused(string broken) => await Judge.RefusesAsync(
        "saml-signature-invalid",
        new Genuine().Signed(new Signing { Parts = SignedParts.Both }).With(xml => Doc.Edit(xml, document =>
        {
            var reference = (System.Xml.XmlElement)document.SelectSingleNode($"//*[@URI='#{broken}']/../..")!;
            Doc.Find(reference, "SignatureValue").InnerText = Convert.ToBase64String(new byte[256]);
        })),
        broken);

    // Row 15: truly signed, by the right key, but naming nothing, something else, or something that cannot be resolved.
    [Theory]
    [InlineData("", "saml-signature-shape")]
    [InlineData("#_response", "saml-signature-shape")]
    [InlineData("#xpointer(/)", "saml-signature-shape")]
    [InlineData("#xpointer(id('_assertion'))", "saml-signature-shape")]
    public async Task Validate_ReferenceToSomethingElse_IsRefused(string uri, string refusal) =>
        await Judge.RefusesAsync(refusal, new Genuine().Signed(new Signing { Uri = _ => uri }), uri);

    [Theory]
    [InlineData("_assertion")]
    [InlineData("#")]
    [InlineData("https://attacker.example/assertion.xml")]
    [InlineData("file:///etc/hostname")]
    [InlineData("#_nothing")]
    [InlineData("#%5Fassertion")]
    public async Task Validate_ReferenceThatCannotBeResolved_IsRefused(string uri) => await Judge.RefusesAsync(
        "saml-signature-shape", new Genuine().Signed().With(xml => xml.Replace("URI=\"#_assertion\"", $"URI=\"{uri}\"")), uri);

    [Fact]
    public async Task Validate_NoReferenceUri_IsRefused() => await Judge.RefusesAsync(
        "saml-signature-shape", new Genuine().Signed().With(xml => xml.Replace(" URI=\"#_assertion\"", "")));

    // Void canonicalisation: where a canonicaliser gives up at a relative namespace, it yields nothing, and a signature over nothing fits whatever stands there.
    [Theory]
    [InlineData("<saml:Assertion", "<saml:Assertion xmlns:void=\"1\"")]
    [InlineData("<SignedInfo", "<SignedInfo xmlns:void=\"1\"")]
    [InlineData("<samlp:Response", "<samlp:Response xmlns:void=\"1\"")]
    public async Task Validate_SignatureOverNothing_IsRefused(string at, string by) => await Judge.RefusesAsync(
        "saml-signature-invalid",
        new Genuine { NameId = Wrapping.Forged }.Signed().With(xml => Doc.ReplaceOnce(
            Doc.Edit(xml, document =>
            {
                Doc.Find(document, "DigestValue").InnerText = Convert.ToBase64String(SHA256.HashData([]));
                Doc.Find(document, "SignatureValue").InnerText =
                    Convert.ToBase64String(TestKey.Idp.Key.SignData([], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
            }),
            at,
            by)),
        at);

    [Fact]
    public async Task Validate_SignedDigestOfNothing_IsRefused()
    {
        // The identity provider signs it, as if its canonicaliser had failed: the digest is compared all the same.
        var document = Doc.Parse(new Genuine { NameId = Wrapping.Forged }.ToXml());
        var assertion = Doc.Find(document, "Assertion");
        Signing.Default.Sign(assertion);
        var info = Doc.Find(document, "SignedInfo");
        Doc.Find(info, "DigestValue").InnerText = Convert.ToBase64String(SHA256.HashData([]));
        Doc.Find(document, "SignatureValue").InnerText =
            Convert.ToBase64String(TestKey.Idp.Key.SignData(CanonicalXml.Of(info), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

        await Judge.RefusesAsync("saml-signature-invalid", SamlCase.Of(document.OuterXml));
    }

    // Row 16.
    [Fact]
    public async Task Validate_SeveralReferences_IsRefused() => await Judge.RefusesAsync(
        "saml-signature-shape", new Genuine().Signed(new Signing { MoreReferences = ["#_response"] }));

    [Fact]
    public async Task Validate_NoReference_IsRefused() => await Judge.RefusesAsync("saml-signature-shape", new Genuine().Signed().With(xml => Doc.Edit(xml, document =>
    {
        var reference = Doc.Find(document, "Reference");
        reference.ParentNode!.RemoveChild(reference);
    })));

    // Row 17: truly computed by these transforms.
    [Theory]
    [InlineData("xpath")]
    [InlineData("c14n")]
    [InlineData("c14n-with-comments")]
    [InlineData("exclusive-with-comments")]
    [InlineData("exclusive-alone")]
    [InlineData("enveloped-alone")]
    [InlineData("order")]
    [InlineData("three")]
    public async Task Validate_OtherTransforms_IsRefused(string variant) => await Judge.RefusesAsync(
        "saml-signature-shape", new Genuine().Signed(new Signing { Transforms = () => TransformsOf(variant) }), variant);

    // Not to be computed over an element: written into a genuine signature.
    [Theory]
    [InlineData("http://www.w3.org/TR/1999/REC-xslt-19991116")]
    [InlineData("http://www.w3.org/2000/09/xmldsig#base64")]
    [InlineData("http://www.w3.org/2002/06/xmldsig-filter2")]
    [InlineData("http://www.w3.org/2006/12/xml-c14n11")]
    public async Task Validate_ForeignTransform_IsRefused(string algorithm) => await Judge.RefusesAsync(
        "saml-signature-shape",
        new Genuine().Signed().With(xml => Doc.ReplaceOnce(xml, $"<Transform Algorithm=\"{SignedXml.XmlDsigExcC14NTransformUrl}\"", $"<Transform Algorithm=\"{algorithm}\"")),
        algorithm);

    [Theory]
    [InlineData("<XPath>1</XPath>")]
    [InlineData("text")]
    public async Task Validate_ContentInATransform_IsRefused(string content) => await Judge.RefusesAsync(
        "saml-signature-shape",
        new Genuine().Signed().With(xml => Doc.ReplaceOnce(
            xml, $"<Transform Algorithm=\"{SignedXml.XmlDsigEnvelopedSignatureTransformUrl}\" />", $"<Transform Algorithm=\"{SignedXml.XmlDsigEnvelopedSignatureTransformUrl}\">{content}</Transform>")),
        content);

    [Theory]
    [InlineData(SignedXml.XmlDsigC14NTransformUrl)]
    [InlineData(SignedXml.XmlDsigC14NWithCommentsTransformUrl)]
    [InlineData(SignedXml.XmlDsigExcC14NWithCommentsTransformUrl)]
    public async Task Validate_OtherCanonicalisation_IsRefused(string algorithm) => await Judge.RefusesAsync(
        "saml-signature-algorithm", new Genuine().Signed(new Signing { Canonicalisation = algorithm }), algorithm);

    [Fact]
    public async Task Validate_ObjectInTheSignature_IsRefused() => await Judge.RefusesAsync(
        "saml-signature-shape", new Genuine().Signed().With(xml => Doc.ReplaceOnce(xml, "</KeyInfo>", "</KeyInfo><Object><x/></Object>")));

    // Nobody reads KeyInfo here; others search below the signature for what is here read in its place.
    [Theory]
    [InlineData("SignedInfo")]
    [InlineData("DigestValue")]
    [InlineData("Transforms")]
    public async Task Validate_PartOfTheSignatureInKeyInfo_IsRefused(string part) => await Judge.RefusesAsync(
        "saml-signature-shape",
        new Genuine().Signed().With(xml => Doc.Edit(xml, document => Doc.Find(document, "X509Data").AppendChild(Doc.Find(document, part).CloneNode(deep: true)))),
        part);

    // Row 18: everything is right, but for whose key it is, and the message brings the certificate along.
    [Theory]
    [InlineData(SignedParts.Assertion)]
    [InlineData(SignedParts.Response)]
    internal async Task Validate_SelfSigned_IsRefused(SignedParts parts) => await Judge.RefusesAsync(
        "saml-signature-invalid", new Genuine { NameId = Wrapping.Forged }.Signed(new Signing { Key = TestKey.Other, Shown = TestKey.Other, Parts = parts }), $"{parts}");

    [Fact]
    public async Task Validate_SelfSignedShowingTheTenantsCertificate_IsRefused() => await Judge.RefusesAsync(
        "saml-signature-invalid", new Genuine().Signed(new Signing { Key = TestKey.Other, Shown = TestKey.Idp }));

    [Theory]
    [InlineData("other")]
    [InlineData("none")]
    public async Task Validate_KeyInfoOfWhomever_IsNotLookedAt(string variant) => await Judge.AcceptsAsync(
        new Genuine().Signed(new Signing { Shown = variant == "none" ? null : TestKey.Other }), variant);

    // Row 19.
    [Theory]
    [InlineData("pem")]
    [InlineData("der")]
    public async Task Validate_HmacWithThePublicCertificate_IsRefused(string variant) => await Judge.RefusesAsync(
        "saml-signature-algorithm",
        new Genuine().Signed(new Signing { HmacKey = variant == "pem" ? Encoding.UTF8.GetBytes(TestKey.Idp.Pem) : TestKey.Idp.Der }),
        variant);

    [Theory]
    [InlineData("http://www.w3.org/2000/09/xmldsig#none")]
    [InlineData("none")]
    [InlineData("")]
    [InlineData("http://www.w3.org/2000/09/xmldsig#hmac-sha1")]
    [InlineData("http://www.w3.org/2001/04/xmldsig-more#RSA-SHA256")]
    [InlineData("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256")]
    [InlineData("http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1")]
    public async Task Validate_OtherSignatureMethod_IsRefused(string method) => await Judge.RefusesAsync(
        "saml-signature-algorithm", new Genuine().Signed().With(xml => xml.Replace("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", method)), method);

    [Fact]
    public async Task Validate_Sha1Signature_IsRefused() => await Judge.RefusesAsync(
        "saml-signature-algorithm", new Genuine().Signed(new Signing { Method = RsaSha1 }));

    [Fact]
    public async Task Validate_Sha1Digest_IsRefused() => await Judge.RefusesAsync(
        "saml-signature-algorithm", new Genuine().Signed(new Signing { Digest = SignedXml.XmlDsigSHA1Url }));

    [Fact]
    public async Task Validate_HmacOutputLength_IsRefused() => await Judge.RefusesAsync(
        "saml-signature-shape",
        new Genuine().Signed().With(xml => Doc.ReplaceOnce(
            xml, "<SignatureMethod Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256\" />", "<SignatureMethod Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256\"><HMACOutputLength>1</HMACOutputLength></SignatureMethod>")));

    [Theory]
    [InlineData("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "http://www.w3.org/2001/04/xmldsig-more#sha384")]
    [InlineData("http://www.w3.org/2001/04/xmldsig-more#rsa-sha384", "http://www.w3.org/2001/04/xmlenc#sha512")]
    [InlineData("http://www.w3.org/2001/04/xmldsig-more#rsa-sha512", "http://www.w3.org/2001/04/xmlenc#sha256")]
    public async Task Validate_StrongerAlgorithms_IsAccepted(string method, string digest) => await Judge.AcceptsAsync(
        new Genuine().Signed(new Signing { Method = method, Digest = digest }), $"{method[^6..]}-{digest[^6..]}");

    // Row 20.
    [Fact]
    public async Task Validate_AnotherTenantsCertificate_IsRefused() => await Judge.RefusesAsync(
        "saml-signature-invalid", new Genuine().Signed() with { Certificates = TestKey.Trusting(TestKey.Other) });

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("!!!!")]
    [InlineData("<x/>")]
    public async Task Validate_SignatureValueThatIsNone_IsRefused(string value) => await Judge.RefusesAsync(
        value == "AAAA" ? "saml-signature-invalid" : "saml-signature-shape",
        new Genuine().Signed().With(xml => Doc.Edit(xml, document => Doc.Find(document, "SignatureValue").InnerXml = value)),
        value);

    // Anything that is covered, changed after signing.
    [Theory]
    [InlineData(Tenant.User, Wrapping.Forged)]
    [InlineData("00u1", "00u2")]
    [InlineData("SessionIndex=\"_request\"", "SessionIndex=\"_other\"")]
    public async Task Validate_ChangedAfterSigning_IsRefused(string what, string by) => await Judge.RefusesAsync(
        "saml-signature-invalid", new Genuine().Signed().With(xml => Doc.ReplaceOnce(xml, what, by)), what);

    private static IEnumerable<Transform> TransformsOf(string variant)
    {
        var (enveloped, exclusive) = (new XmlDsigEnvelopedSignatureTransform(), new XmlDsigExcC14NTransform());
        return variant switch
        {
            "xpath" => [enveloped, XPath(), exclusive],
            "c14n" => [enveloped, new XmlDsigC14NTransform()],
            "c14n-with-comments" => [enveloped, new XmlDsigC14NWithCommentsTransform()],
            "exclusive-with-comments" => [enveloped, new XmlDsigExcC14NWithCommentsTransform()],
            "exclusive-alone" => [exclusive],
            "enveloped-alone" => [enveloped],
            "order" => [exclusive, enveloped],
            _ => [enveloped, exclusive, new XmlDsigExcC14NTransform()],
        };
    }

    private static XmlDsigXPathTransform XPath()
    {
        var transform = new XmlDsigXPathTransform();
        transform.LoadInnerXml(Doc.Parse("<x><XPath xmlns=\"http://www.w3.org/2000/09/xmldsig#\">not(ancestor-or-self::*[local-name()='Subject'])</XPath></x>").DocumentElement!.ChildNodes);
        return transform;
    }
}
