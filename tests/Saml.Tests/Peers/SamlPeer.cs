using OrleansIdentity.Saml.Parties;
using OrleansIdentity.Saml.Tests.Support;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Saml.Tests.Peers;

/// <summary>SAML libraries of other makes, from npm: asked about the cases of these tests.</summary>
internal static class SamlPeer
{
    /// <summary>What node-saml, set to the same, makes of a case.</summary>
    public static Task<PeerAnswer> NodeSamlAsync(SamlCase @case) => AskAsync("node-saml", @case.Now, new
    {
        response = @case.Response,
        sp = Sp(@case.Sp),
        idp = new { entityId = @case.IdpEntityId, certificates = @case.Certificates.LiveAt(@case.Now).Select(certificate => certificate.Base64) },
        policy = new
        {
            assertionSigned = @case.Policy.Signed is SignedParts.Assertion or SignedParts.Both,
            responseSigned = @case.Policy.Signed is SignedParts.Response or SignedParts.Both,
            skewMs = @case.Policy.ClockSkew.TotalMilliseconds,
            idpInitiated = @case.Policy.AllowIdpInitiated,
        },
        request = @case.Request is { } request ? new { id = request.Id, issuedAt = request.IssuedAt } : null,
    });

    /// <summary>The service provider as the peer wants it.</summary>
    public static object Sp(SamlServiceProvider sp) => new { entityId = sp.EntityId, acs = sp.AssertionConsumerService };

    public static Task<PeerAnswer> AskAsync(string operation, DateTimeOffset now, object question) => SamlPeerProcess.AskAsync(operation, now, question);
}
