using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using OrleansIdentity.Api.Settings;
using OrleansIdentity.Api.SignIn.Pages;
using OrleansIdentity.Api.SignIn.SignOn;
using OrleansIdentity.Api.TenantApi;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Integrations;
using OrleansIdentity.Grains.Contracts.Tenants;

namespace OrleansIdentity.Api.SignIn.Oidc;

/// <summary>Where a sign-in by OpenID Connect begins, here or at Okta, and where it comes back.</summary>
internal static class OidcPages
{
    private const int MaxHint = 320;

    public static void MapOidcPages(this RouteGroupBuilder pages)
    {
        var own = pages.MapGroup("").AddEndpointFilter(RequireAsync);
        own.MapGet("/auth/okta", (HttpContext http, OidcEvents events, OidcOptionsMonitor schemes, string? return_to = null, string? login_hint = null, string? afresh = null) =>
            ChallengeAsync(http, events, schemes, return_to, login_hint, afresh == "true"));
        own.MapGet("/auth/okta/callback", CallBackAsync);

        // OpenID Connect Core 1.0 §4: both methods. Whoever sends somebody here can only have a sign-in begun, at the tenant's own provider.
        own.MapMethods("/auth/okta/initiate", ["GET", "POST"], InitiateAsync);
    }

    // rules.md, rule 7: the tenant's grain says, on each request.
    private static async ValueTask<object?> RequireAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var call = TenantCall.Of(http);
        var settings = await http.RequestServices.GetRequiredService<GrainsOf<ITenantGrain>>().Get(call.Tenant).ReadIntegrationAsync().WaitAsync(call.Deadline);
        if (settings is not { IsEnabled: true, Sso: { Method: SsoMethod.OpenIdConnect, Oidc: { } oidc } })
        {
            return NotSetUp(http);
        }

        http.Features.Set(new OidcCall(call, oidc));
        return await next(context);
    }

    /// <summary>The page of a tenant without single sign-on.</summary>
    internal static Page NotSetUp(HttpContext http)
    {
        var root = TenantCall.Of(http).RootPath;
        return new Page(404, root, "Single sign-on is not set up", SignInForms.Refused(
            root, "Nobody can sign in with Okta here yet. If you are an administrator, go to Settings, Integrations, Okta, and set it up.", "sso-not-set-up"));
    }

    private static async Task<IResult> ChallengeAsync(HttpContext http, OidcEvents events, OidcOptionsMonitor schemes, string? returnTo, string? loginHint, bool afresh = false)
    {
        var (call, settings) = (OidcCall.Of(http).Call, OidcCall.Of(http).Settings);
        var properties = new OpenIdConnectChallengeProperties { MaxAge = call.SignIn.RequireMultiFactor ? call.SignIn.SessionTimeout : null };
        properties.Prompt = afresh ? "login" : null;
        properties.SetParameter(Microsoft.IdentityModel.Protocols.OpenIdConnect.OpenIdConnectParameterNames.LoginHint, loginHint is { Length: <= MaxHint } hint ? hint : null);
        if (ReturnTo.Local("", returnTo) is { } path)
        {
            properties.Items[OidcEvents.ReturnToItem] = path;
        }

        try
        {
            Page.Secure(http.Response);
            await http.ChallengeAsync(schemes.Use(call.Tenant, settings), properties);
        }
        catch (ProviderException exception)
        {
            await events.RefuseAsync(http, OidcEvents.Reason(exception));
        }

        return Results.Empty;
    }

    private static async Task<IResult> CallBackAsync(HttpContext http, IAuthenticationHandlerProvider handlers, OidcOptionsMonitor schemes, OidcEvents events)
    {
        var (call, settings) = (OidcCall.Of(http).Call, OidcCall.Of(http).Settings);
        var handler = (IAuthenticationRequestHandler)(await handlers.GetHandlerAsync(http, schemes.Use(call.Tenant, settings)))!;
        if (!await handler.HandleRequestAsync())
        {
            await events.RefuseAsync(http, SignOnRefusals.StateInvalid);
        }

        return Results.Empty;
    }

    private static async Task<IResult> InitiateAsync(HttpContext http, OidcEvents events, OidcOptionsMonitor schemes)
    {
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(OidcCall.Of(http).Call.Deadline) : null;
        string? Asked(string name) => (form?[name] ?? http.Request.Query[name]).ToString() is { Length: > 0 } value ? value : null;

        if (Asked("iss") != OidcCall.Of(http).Settings.Issuer)
        {
            await events.RefuseAsync(http, SignOnRefusals.IssuerMismatch);
            return Results.Empty;
        }

        return await ChallengeAsync(http, events, schemes, OwnPath(http, Asked("target_link_uri")), Asked("login_hint"));
    }

    // Only what lies below this tenant's root, at this origin; anything else is passed over, and the sign-in leads home.
    private static string? OwnPath(HttpContext http, string? target)
    {
        var root = $"{http.Request.Scheme}://{http.Request.Host.Value}{http.Request.PathBase.Value}";
        return target is not null && target.StartsWith($"{root}/", StringComparison.Ordinal) && Uri.TryCreate(target, UriKind.Absolute, out var url)
            && url.GetLeftPart(UriPartial.Path).StartsWith($"{root}/", StringComparison.Ordinal) && url.UserInfo.Length == 0
                ? url.PathAndQuery[http.Request.PathBase.Value!.Length..]
                : null;
    }
}
