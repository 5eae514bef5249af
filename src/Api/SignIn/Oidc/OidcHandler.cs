using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace OrleansIdentity.Api.SignIn.Oidc;

/// <summary>
/// The framework's handler, but for how a code is redeemed. Not by its event: an answer that comes from there is not held against the protocol, so nonce, authorized party and
/// <c>at_hash</c> would go unseen.
/// </summary>
internal sealed class OidcHandler(
    IOptionsMonitor<OpenIdConnectOptions> options, ILoggerFactory loggers, HtmlEncoder html, UrlEncoder url, Providers providers, CodeRedemption redemption)
    : OpenIdConnectHandler(options, loggers, html, url)
{
    protected override async Task<OpenIdConnectMessage> RedeemAuthorizationCodeAsync(OpenIdConnectMessage tokenEndpointRequest)
    {
        var (call, settings) = (OidcCall.Of(Context).Call, OidcCall.Of(Context).Settings);
        var provider = await providers.ForSignIn(call.Tenant, settings.Issuer).ReadAsync(call.Deadline);
        return await redemption.RedeemAsync(call.Tenant, settings, tokenEndpointRequest, provider.TokenEndpoint, call.Deadline);
    }
}
