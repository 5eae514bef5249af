using System.Security.Cryptography;
using System.Xml;
using OrleansIdentity.Saml.Certificates;
using OrleansIdentity.Saml.Parties;
using OrleansIdentity.Saml.Refusals;
using OrleansIdentity.Saml.Xml;

namespace OrleansIdentity.Saml.Signatures;

/// <summary>Verifies that an element is signed, and gives what was signed: an element parsed from the very bytes that were hashed.</summary>
internal static class SignatureVerifier
{
    private const string Ds = SamlNames.Signature;

    /// <summary>Whether the element has a signature of its own.</summary>
    public static bool IsSigned(XmlElement element) => element.Elements("Signature", Ds).Any();

    /// <summary>Verifies the signature that lies in the element as a direct child.</summary>
    /// <returns>
    /// The signed element without its signature, in a document of its own. Nothing of the document that was sent is in it but what the signature covers:
    /// whoever reads from it cannot read anything else. Or a refusal.
    /// </returns>
    public static SamlOutcome<XmlElement> Verify(XmlElement element, SamlIdentityProvider idp, DateTimeOffset now)
    {
        if (element.Only("Signature", Ds) is not { } signature)
        {
            return SamlRefusals.SignatureShape($"'{element.LocalName}' has more than one");
        }

        if (Content.Fault(signature, Content.One("SignedInfo", Ds), Content.One("SignatureValue", Ds), Content.Optional("KeyInfo", Ds)) is { } fault)
        {
            return SamlRefusals.SignatureShape(fault);
        }

        // It is not looked at, so it must hold nothing that others, who search for it, would take for a part of the signature.
        if (signature.Only("KeyInfo", Ds)?.SelfAndDescendants().Any(IsPartOfASignature) == true)
        {
            return SamlRefusals.SignatureShape("its KeyInfo contains parts of another one");
        }

        if (!SignedInfo.Read(signature.Only("SignedInfo", Ds)!).TryGet(out var info, out var refusal))
        {
            return refusal;
        }

        if (info.ReferencedId != element.Value("ID"))
        {
            return SamlRefusals.SignatureShape("its reference does not name the element that it lies in");
        }

        if (SignatureBytes.Decode(signature.Only("SignatureValue", Ds)!) is not { } value)
        {
            return SamlRefusals.SignatureShape("its value is not base64");
        }

        var covered = CanonicalXml.Of(element, without: signature, info.Prefixes);
        refusal = CheckKey(info, value, idp, now) ?? CheckDigest(info, covered);
        if (refusal is not null)
        {
            return refusal;
        }

        return SafeXml.LoadCanonical(covered) is { } signed ? signed : SamlRefusals.SignatureShape("what it covers cannot be read");
    }

    private static bool IsPartOfASignature(XmlElement element) => element.LocalName
        is "SignedInfo" or "SignatureValue" or "CanonicalizationMethod" or "SignatureMethod" or "Reference" or "RetrievalMethod"
        or "Transforms" or "Transform" or "DigestMethod" or "DigestValue" or "Object" or "Manifest";

    private static SamlRefusal? CheckKey(SignedInfo info, byte[] value, SamlIdentityProvider idp, DateTimeOffset now)
    {
        var live = idp.Certificates.LiveAt(now).ToList();
        if (live.Count == 0)
        {
            return SamlRefusals.NoCertificate();
        }

        if (live.Find(certificate => certificate.Verifies(info.Canonical, value, info.SignatureHash)) is not { } signer)
        {
            return SamlRefusals.SignatureInvalid();
        }

        return signer.IsValidAt(now) || idp.Policy.ExpiredCertificates == ExpiredCertificates.Accept ? null : SamlRefusals.CertificateExpired(signer.NotAfter);
    }

    private static SamlRefusal? CheckDigest(SignedInfo info, byte[] covered) =>
        CryptographicOperations.FixedTimeEquals(CryptographicOperations.HashData(info.DigestHash, covered), info.Digest) ? null : SamlRefusals.SignatureInvalid();
}
