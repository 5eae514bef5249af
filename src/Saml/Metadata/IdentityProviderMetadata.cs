using System.Xml;
using OrleansIdentity.Saml.Certificates;
using OrleansIdentity.Saml.Refusals;
using OrleansIdentity.Saml.Xml;

namespace OrleansIdentity.Saml.Metadata;

/// <summary>What an identity provider says about itself. Its signature, if any, is not looked at: the admin vouches for it, by pasting it or by its https address.</summary>
/// <param name="EntityId">Its entity id.</param>
/// <param name="RedirectUrl">Where requests go by HTTP-Redirect; null if it takes none that way.</param>
/// <param name="PostUrl">Where requests go by HTTP-POST; null if it takes none that way.</param>
/// <param name="Certificates">The certificates it signs with.</param>
/// <param name="WantsSignedRequests">Whether requests must be signed.</param>
public sealed record IdentityProviderMetadata(
    string EntityId, string? RedirectUrl, string? PostUrl, SigningCertificates Certificates, bool WantsSignedRequests)
{
    /// <summary>The longest metadata, in characters.</summary>
    public const int MaxLength = 256 * 1024;

    private const string Md = SamlNames.Metadata;
    private const string Ds = SamlNames.Signature;

    /// <summary>Reads the metadata of one identity provider.</summary>
    /// <returns>It; or a refusal that begins with <c>saml-metadata-</c> or <c>saml-certificate-</c>.</returns>
    public static SamlOutcome<IdentityProviderMetadata> Import(string xml, DateTimeOffset now)
    {
        if (xml.Length > MaxLength)
        {
            return SetupRefusals.MetadataMalformed($"it is longer than {MaxLength} characters");
        }

        // An entity's document begins with its root, or with a byte order mark that came along from a file.
        if (SafeXml.Load(xml.TrimStart('\uFEFF'), ignoreRemarks: true)?.DocumentElement is not { } entity)
        {
            return SetupRefusals.MetadataMalformed("it is not well-formed XML, or has a DTD");
        }

        if (!entity.Is("EntityDescriptor", Md) || entity.Value("entityID") is not { Length: > 0 and <= 1024 } entityId)
        {
            return SetupRefusals.MetadataRole("its root is not an EntityDescriptor with an entityID");
        }

        if (entity.Only("IDPSSODescriptor", Md) is not { } role
            || role.Value("protocolSupportEnumeration")?.Split(' ').Contains(SamlNames.Protocol) != true)
        {
            return SetupRefusals.MetadataRole("it has no IDPSSODescriptor for SAML 2.0, or several");
        }

        if (IsOver(entity, now) || IsOver(role, now))
        {
            return SetupRefusals.MetadataExpired();
        }

        var (redirect, post) = (SingleSignOn(role, SamlNames.RedirectBinding), SingleSignOn(role, SamlNames.PostBinding));
        if (redirect is null && post is null)
        {
            return SetupRefusals.MetadataEndpoint();
        }

        return ReadCertificates(role).TryGet(out var certificates, out var refusal)
            ? new IdentityProviderMetadata(entityId, redirect, post, certificates, role.Value("WantAuthnRequestsSigned") is "true" or "1")
            : refusal;
    }

    private static bool IsOver(XmlElement element, DateTimeOffset now) =>
        element.HasAttribute("validUntil") && (SamlInstant.Read(element.Value("validUntil")) is not { } until || until <= now);

    private static string? SingleSignOn(XmlElement role, string binding) => role
        .Elements("SingleSignOnService", Md)
        .Where(service => service.Value("Binding") == binding)
        .Select(service => service.Value("Location"))
        .FirstOrDefault(IsEndpoint);

    // A browser is sent there with a request: over TLS, or to this very machine.
    private static bool IsEndpoint(string? location) =>
        location?.All(letter => letter is > ' ' and <= '~') == true
        && Uri.TryCreate(location, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        && uri.UserInfo.Length == 0
        && uri.Fragment.Length == 0;

    private static SamlOutcome<SigningCertificates> ReadCertificates(XmlElement role)
    {
        var texts = role
            .Elements("KeyDescriptor", Md)
            .Where(key => key.Value("use") is null or "signing")
            .SelectMany(key => key.Elements("KeyInfo", Ds))
            .SelectMany(info => info.Elements("X509Data", Ds))
            .SelectMany(data => data.Elements("X509Certificate", Ds))
            .Select(element => element.Text());
        var certificates = new List<TrustedCertificate>();
        foreach (var text in texts)
        {
            if (!SamlCertificate.Parse(text ?? "").TryGet(out var certificate, out var refusal))
            {
                return refusal;
            }

            certificates.Add(new TrustedCertificate(certificate));
        }

        return certificates.Count == 0 ? SetupRefusals.MetadataCertificates() : SigningCertificates.Of(certificates);
    }
}
