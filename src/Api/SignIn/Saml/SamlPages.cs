using OrleansIdentity.Api.Sessions;
using OrleansIdentity.Api.Settings;
using OrleansIdentity.Api.SignIn.Oidc;
using OrleansIdentity.Api.SignIn.Pages;
using OrleansIdentity.Api.SignIn.SignOn;
using OrleansIdentity.Api.TenantApi;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Integrations;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Saml;
using OrleansIdentity.Saml.Metadata;
using OrleansIdentity.Saml.Requests;
using OrleansIdentity.Saml.Responses;

namespace OrleansIdentity.Api.SignIn.Saml;

/// <summary>Where a sign-in by SAML begins, where it comes back, and what an identity provider may read about this side.</summary>
internal static class SamlPages
{
    // A response of the largest size that is read, percent-encoded as a form.
    private const int MaxBody = 1_500_000;

    public static void MapSamlPages(this RouteGroupBuilder pages)
    {
        var own = pages.MapGroup("").AddEndpointFilter(RequireAsync);
        own.MapGet("/auth/saml", Start);
        own.MapPost("/auth/saml/acs", ConsumeAsync).WithMetadata(new TenantApiRoutes.BodyLimit(MaxBody));
        pages.MapGet("/auth/saml/metadata", (Delegate)MetadataAsync);
    }

    // rules.md, rule 7: the tenant's grain says, on each request.
    private static async ValueTask<object?> RequireAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (await SettingsAsync(http) is not { Sso: { Method: SsoMethod.Saml, Saml: { } saml } })
        {
            return OidcPages.NotSetUp(http);
        }

        var call = TenantCall.Of(http);
        http.Features.Set(new SamlCall(call, saml, SamlCall.SpBelow(RootOf(http))));
        return await next(context);
    }

    private static IResult Start(HttpContext http, PendingRequests pending, RequestKeys keys, TimeProvider time, string? return_to = null, string? afresh = null)
    {
        var saml = SamlCall.Of(http);
        var request = AuthnRequest.Create(saml.Sp, saml.Settings.SingleSignOnUrl, time.GetUtcNow(), new AuthnRequestOptions
        {
            ForceAuthn = afresh == "true",
            AuthnContexts = saml.Call.SignIn.RequireMultiFactor ? SamlIdentities.MultiFactorContexts : [],
        });
        var relayState = pending.Keep(http, new PendingSignIn(saml.Call.Tenant, request.Pending, ReturnTo.Local("", return_to)));
        var key = keys.Open(saml.Call.Tenant, saml.Settings.RequestSigning);
        using (key.Key)
        {
            return SignInPages.SeeOther(http, RedirectBinding.Url(request, relayState, key));
        }
    }

    private static async Task<IResult> ConsumeAsync(HttpContext http, PendingRequests pending, SamlDoor door, SessionCookies cookies)
    {
        var saml = SamlCall.Of(http);
        if (!http.Request.HasFormContentType)
        {
            return await RefuseAsync(http, door, "saml-response-malformed", null);
        }

        var form = await http.Request.ReadFormAsync(saml.Call.Deadline);
        var relayState = form["RelayState"].ToString();
        var begun = pending.Take(http, saml.Call.Tenant, relayState);
        var outcome = await door.SignInAsync(saml, TenantCall.Place(http), form["SAMLResponse"].ToString(), begun?.Request);
        if (outcome.Ticket is not { } ticket)
        {
            return SignOnRefusals.Page(http, outcome.Refusal!, OktaPaths.SamlStart);
        }

        cookies.Write(http, ticket, saml.Call.SignIn.SessionTimeout);
        var path = ReturnTo.Local(saml.Call.RootPath, begun is null ? RelayState.LocalPath(relayState) : begun.ReturnTo);
        return SignInPages.SeeOther(http, path ?? $"{saml.Call.RootPath}{SignInPages.Root}/sign_in");
    }

    // Needed to set the app up in Okta, before SAML is in use.
    private static async Task<IResult> MetadataAsync(HttpContext http)
    {
        if (await SettingsAsync(http) is not { Sso.Saml: { } saml })
        {
            return OidcPages.NotSetUp(http);
        }

        Page.Secure(http.Response);
        return Results.Text(
            ServiceProviderMetadata.ToXml(SamlCall.SpBelow(RootOf(http)), [SamlTrust.Parse(saml.RequestSigning.Certificate)], [SamlNames.PersistentNameId, SamlNames.EmailNameId]),
            "application/samlmetadata+xml");
    }

    private static async Task<IResult> RefuseAsync(HttpContext http, SamlDoor door, string reason, string? detail) =>
        SignOnRefusals.Page(http, (await door.RefuseAsync(SamlCall.Of(http), TenantCall.Place(http), reason, detail)).Refusal!, OktaPaths.SamlStart);

    private static async Task<IntegrationView?> SettingsAsync(HttpContext http)
    {
        var call = TenantCall.Of(http);
        var settings = await http.RequestServices.GetRequiredService<GrainsOf<ITenantGrain>>().Get(call.Tenant).ReadIntegrationAsync().WaitAsync(call.Deadline);
        return settings is { IsEnabled: true } ? settings : null;
    }

    private static string RootOf(HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host.Value}{http.Request.PathBase.Value}";
}
