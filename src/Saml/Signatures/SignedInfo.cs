using System.Security.Cryptography;
using System.Xml;
using OrleansIdentity.Saml.Refusals;
using OrleansIdentity.Saml.Xml;

namespace OrleansIdentity.Saml.Signatures;

/// <summary>What a signature was made over, in the one form that is accepted: one reference to one element, enveloped, exclusively canonicalised.</summary>
/// <param name="Canonical">The bytes that are signed. Everything else here was read from them, not from the document that they were made of.</param>
/// <param name="SignatureHash">The hash of the RSA signature.</param>
/// <param name="ReferencedId">The ID of the element.</param>
/// <param name="DigestHash">The hash over the element.</param>
/// <param name="Digest">The hash's value.</param>
/// <param name="Prefixes">The prefixes of <c>InclusiveNamespaces</c>, or null.</param>
internal sealed record SignedInfo(
    byte[] Canonical, HashAlgorithmName SignatureHash, string ReferencedId, HashAlgorithmName DigestHash, byte[] Digest, string? Prefixes)
{
    private const string Ds = SamlNames.Signature;

    /// <summary>Reads the <c>ds:SignedInfo</c>; no key is used.</summary>
    /// <returns>What it says; or <c>saml-signature-shape</c>, <c>saml-signature-algorithm</c>.</returns>
    public static SamlOutcome<SignedInfo> Read(XmlElement element)
    {
        var canonical = CanonicalXml.Of(element);
        if (SafeXml.LoadCanonical(canonical) is not { } info)
        {
            return SamlRefusals.SignatureShape("its canonical form cannot be read");
        }

        if (Content.Fault(info, Content.One("CanonicalizationMethod", Ds), Content.One("SignatureMethod", Ds), Content.One("Reference", Ds)) is { } fault)
        {
            return SamlRefusals.SignatureShape(fault);
        }

        var (canonicalisation, method, reference) = (info.Only("CanonicalizationMethod", Ds)!, info.Only("SignatureMethod", Ds)!, info.Only("Reference", Ds)!);
        fault = Content.Fault(canonicalisation)
            ?? Content.Fault(method)
            ?? Content.Fault(reference, Content.One("Transforms", Ds), Content.One("DigestMethod", Ds), Content.One("DigestValue", Ds));
        if (fault is not null)
        {
            return SamlRefusals.SignatureShape(fault);
        }

        if (Algorithm(canonicalisation) != SignatureAlgorithms.ExclusiveC14N)
        {
            return SamlRefusals.Algorithm(Algorithm(canonicalisation));
        }

        if (SignatureAlgorithms.OfSignature(Algorithm(method)) is not { } signatureHash)
        {
            return SamlRefusals.Algorithm(Algorithm(method));
        }

        return ReadReference(reference, canonical, signatureHash);
    }

    private static SamlOutcome<SignedInfo> ReadReference(XmlElement reference, byte[] canonical, HashAlgorithmName signatureHash)
    {
        var (transforms, method) = (reference.Only("Transforms", Ds)!, reference.Only("DigestMethod", Ds)!);
        if (SignatureAlgorithms.OfDigest(Algorithm(method)) is not { } digestHash)
        {
            return SamlRefusals.Algorithm(Algorithm(method));
        }

        if (Content.Fault(method) is { } fault)
        {
            return SamlRefusals.SignatureShape(fault);
        }

        // A URI that is empty, of another document or an XPointer would let something else be digested than what is read.
        if (reference.Value("URI") is not ['#', .. var id] || id.Length == 0)
        {
            return SamlRefusals.SignatureShape("its reference does not name the signed element");
        }

        if (!ReadTransforms(transforms, out var prefixes))
        {
            return SamlRefusals.SignatureShape("its transforms are not the enveloped signature followed by exclusive canonicalisation without comments");
        }

        return SignatureBytes.Decode(reference.Only("DigestValue", Ds)!) is { } digest
            ? new SignedInfo(canonical, signatureHash, id, digestHash, digest, prefixes)
            : SamlRefusals.SignatureShape("its digest is not base64");
    }

    private static bool ReadTransforms(XmlElement transforms, out string? prefixes)
    {
        prefixes = null;
        if (Content.Fault(transforms, Content.Any("Transform", Ds)) is not null
            || transforms.Elements().ToArray() is not [var enveloped, var exclusive]
            || Algorithm(enveloped) != SignatureAlgorithms.Enveloped
            || Algorithm(exclusive) != SignatureAlgorithms.ExclusiveC14N
            || Content.Fault(enveloped) is not null
            || Content.Fault(exclusive, Content.Optional("InclusiveNamespaces", SignatureAlgorithms.ExclusiveC14N)) is not null)
        {
            return false;
        }

        prefixes = exclusive.Only("InclusiveNamespaces", SignatureAlgorithms.ExclusiveC14N)?.Value("PrefixList");
        return true;
    }

    private static string? Algorithm(XmlElement element) => element.Value("Algorithm");
}
