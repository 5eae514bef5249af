using Microsoft.AspNetCore.Http.Features;
using OrleansIdentity.Api.Settings;
using OrleansIdentity.Api.TenantApi;
using OrleansIdentity.Grains.Contracts.Integrations;
using OrleansIdentity.Saml.Parties;

namespace OrleansIdentity.Api.SignIn.Saml;

/// <summary>One request of a sign-in by SAML, at a tenant that has it.</summary>
/// <param name="Call">The tenant's call.</param>
/// <param name="Settings">The tenant's app in Okta, as its grain has just said.</param>
/// <param name="Sp">This side of the tenant, at the address that the request came to.</param>
internal sealed record SamlCall(TenantCall Call, SamlSettings Settings, SamlServiceProvider Sp)
{
    /// <summary>The call that a request is.</summary>
    public static SamlCall Of(HttpContext http) => http.Features.GetRequiredFeature<SamlCall>();

    /// <summary>A tenant's side of SAML below its root's address.</summary>
    public static SamlServiceProvider SpBelow(string root) => new($"{root}{OktaPaths.SamlMetadata}", $"{root}{OktaPaths.SamlConsumer}");
}
