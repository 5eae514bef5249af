using Microsoft.AspNetCore.Http.Features;
using OrleansIdentity.Api.TenantApi;
using OrleansIdentity.Grains.Contracts.Integrations;

namespace OrleansIdentity.Api.SignIn.Oidc;

/// <summary>One request of a sign-in by OpenID Connect, at a tenant that has it.</summary>
/// <param name="Call">The tenant's call.</param>
/// <param name="Settings">The tenant's app in Okta, as its grain has just said.</param>
internal sealed record OidcCall(TenantCall Call, OidcSettings Settings)
{
    /// <summary>The ID token of this answer, verified; null before.</summary>
    public string? IdToken { get; set; }

    /// <summary>The call that a request is.</summary>
    public static OidcCall Of(HttpContext http) => http.Features.GetRequiredFeature<OidcCall>();
}

/// <summary>Why an answer of the provider is refused.</summary>
/// <param name="reason">The id of one of <see cref="SignOn.SignOnRefusals"/>.</param>
internal sealed class OidcRefusedException(string reason) : Exception(reason)
{
    /// <summary>The id of the refusal.</summary>
    public string Reason { get; } = reason;
}
