using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;
using OrleansIdentity.Saml.Signatures;
using OrleansIdentity.Saml.Xml;

namespace OrleansIdentity.Saml.Requests;

/// <summary>Carries a request in a form (bindings §3.5).</summary>
public static class PostBinding
{
    /// <summary>The form that the browser must post.</summary>
    /// <param name="request">The request.</param>
    /// <param name="relayState">What comes back with the answer, or null; at most 80 bytes of UTF-8.</param>
    /// <param name="key">The key to sign with; null to send it unsigned.</param>
    /// <exception cref="ArgumentException">The relay state is too long.</exception>
    public static SamlPostForm Form(AuthnRequest request, string? relayState = null, SamlSigningKey? key = null)
    {
        RequestRelayState.ThrowIfTooLong(relayState);
        var xml = key is null ? request.ToXml() : Sign(request, key);
        return new SamlPostForm(request.Destination, Convert.ToBase64String(Encoding.UTF8.GetBytes(xml)), relayState);
    }

    private static string Sign(AuthnRequest request, SamlSigningKey key)
    {
        var root = SafeXml.Load(request.ToXml())!.DocumentElement!;
        var reference = new Reference("#" + request.Pending.Id) { DigestMethod = SignatureAlgorithms.Sha256 };
        reference.AddTransform(new XmlDsigEnvelopedSignatureTransform());
        reference.AddTransform(new XmlDsigExcC14NTransform());
        var signed = new SignedXml(root) { SigningKey = key.Key };
        signed.SignedInfo!.CanonicalizationMethod = SignatureAlgorithms.ExclusiveC14N;
        signed.SignedInfo.SignatureMethod = SignatureAlgorithms.RsaSha256;
        signed.AddReference(reference);
        signed.ComputeSignature();

        // Core §3.2.1: behind the issuer, before everything else.
        root.InsertAfter(root.OwnerDocument.ImportNode(signed.GetXml(), deep: true), root.Only("Issuer", SamlNames.Assertion));
        return root.OuterXml;
    }
}

/// <summary>A form that a page of the caller posts by itself. All three are to be encoded for HTML.</summary>
/// <param name="Action">Where to.</param>
/// <param name="SamlRequest">The field <c>SAMLRequest</c>.</param>
/// <param name="RelayState">The field <c>RelayState</c>; null to leave it out.</param>
public sealed record SamlPostForm(string Action, string SamlRequest, string? RelayState);
