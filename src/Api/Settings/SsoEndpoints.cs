using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Grains.Contracts.Integrations;

namespace OrleansIdentity.Api.Settings;

/// <summary>Single sign-on: choose the method, try it without saving, remove a secret.</summary>
internal static class SsoEndpoints
{
    public static void MapSso(this RouteGroupBuilder group)
    {
        group.MapPut("/sso", SetAsync).WithSummary("Choose the method of single sign-on, held against Okta's own endpoints first").Accepts<SsoChange>("application/json")
            .Produces<OktaSettings>().ProducesProblem(400).ProducesProblem(409).ProducesProblem(412).ProducesProblem(415).ProducesProblem(422);
        group.MapPost("/sso/test", TestAsync).WithSummary("Hold an app, or the one that is set, against Okta's own endpoints; nothing is saved").Accepts<SsoTrial>("application/json")
            .Produces<SsoTrialResult>().ProducesProblem(400).ProducesProblem(415);
        group.MapDelete("/sso/client-secrets/{id}", RemoveAsync).WithSummary("Remove a client secret that Okta no longer knows")
            .Produces<OktaSettings>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(412);
    }

    private static async Task<IResult> SetAsync(HttpContext http, SsoChecks checks)
    {
        var call = SettingsCall.Of(http);
        var (wanted, refused) = await SettingsBody.ReadAsync<SsoChange>(http, call.Call.Deadline);
        if (refused is not null)
        {
            return refused;
        }

        if (SsoMethods.Parse(wanted!.Method) is not { } method)
        {
            return Problem.From(400, "sso-method-unknown", "There is no such method. Send 'none', 'oidc' or 'saml'.");
        }

        if (method != SsoMethod.OpenIdConnect && wanted.Oidc is null)
        {
            return await call.ChangeAsync(http, new SetSso(call.Origin, call.Settings.Version, method, null));
        }

        var current = call.Settings.Sso.Oidc;
        var (oidc, invalid) = checks.Read(call.Call.Tenant, current, wanted.Oidc);
        if (invalid is not null)
        {
            return Problem.From(invalid);
        }

        var found = await checks.RunAsync(call.Call.Tenant, oidc!, Root(http), call.Call.Deadline);
        if (!IsGood(found))
        {
            return Problem.From(
                422, "sso-check-failed", "Okta does not agree with this. Nothing was changed. Each check says what to do.", ("checks", found));
        }

        // The tenant keeps the secrets that it has: what is new goes to it, and no more.
        var added = oidc!.Secrets.Where(secret => current is null || current.Secrets.All(kept => kept.Id != secret.Id)).ToArray();
        return await call.ChangeAsync(http, new SetSso(call.Origin, call.Settings.Version, method, oidc with { Secrets = added }));
    }

    private static async Task<IResult> TestAsync(HttpContext http, SsoChecks checks)
    {
        var call = SettingsCall.Of(http);
        var (wanted, refused) = await SettingsBody.ReadAsync<SsoTrial>(http, call.Call.Deadline);
        if (refused is not null)
        {
            return refused;
        }

        var (oidc, invalid) = checks.Read(call.Call.Tenant, call.Settings.Sso.Oidc, wanted!.Oidc);
        if (invalid is not null)
        {
            return Problem.From(invalid);
        }

        var found = await checks.RunAsync(call.Call.Tenant, oidc!, Root(http), call.Call.Deadline);
        return Results.Ok(new SsoTrialResult(IsGood(found), found));
    }

    private static Task<IResult> RemoveAsync(string id, HttpContext http)
    {
        var call = SettingsCall.Of(http);
        return call.ChangeAsync(http, new RemoveClientSecret(call.Origin, call.Settings.Version, id));
    }

    private static bool IsGood(CheckView[] checks) => checks.All(check => check.Result is "passed");

    private static string Root(HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host.Value}{http.Request.PathBase.Value}";
}
