using OrleansIdentity.Api.Authentication;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.Standard.Orgs;
using OrleansIdentity.Api.Standard.Runs;
using OrleansIdentity.Api.TenantApi;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Standard;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Okta.Connection;

namespace OrleansIdentity.Api.Settings.Provisioning;

/// <summary>The method of provisioning, how Standard reaches Okta, the secrets of the event hook, and the test of the connection.</summary>
internal static class ProvisioningEndpoints
{
    // What Standard cannot do without. Groups and the System Log may stay closed to it.
    private static readonly string[] Needed = [CheckIds.Credential, CheckIds.App, CheckIds.AssignedUsers, CheckIds.Users];

    public static void MapProvisioning(this RouteGroupBuilder group)
    {
        group.MapGet("/provisioning", (Delegate)ReadAsync).WithSummary("How users are provisioned").Produces<ProvisioningView>();
        group.MapPut("/provisioning", (Delegate)SetAsync).WithSummary("Set the method, or how Standard reaches Okta, from the next request on; credentials are write-only")
            .Accepts<NewProvisioning>("application/json").Produces<ProvisioningView>().ProducesProblem(400).ProducesProblem(409).ProducesProblem(412).ProducesProblem(422);
        group.MapPost("/provisioning/test", (Delegate)TestAsync).WithSummary("Test what is set by harmless reads").Produces<ConnectionTest>().ProducesProblem(409);
        group.MapPost("/provisioning/hook-secrets", (Delegate)MintAsync).WithSummary("Make a hook secret; it is shown once, and two may be live")
            .Accepts<NewHookSecret>("application/json").Produces<MintedHookSecret>(201).ProducesProblem(400).ProducesProblem(409);
        group.MapDelete("/provisioning/hook-secrets/{id}", (Delegate)RevokeAsync).WithSummary("Revoke a hook secret, from the next delivery on").Produces(204).ProducesProblem(404);
    }

    /// <summary>The tenant of a call, as one that is provisioned.</summary>
    public static ITenantProvisioningGrain Tenant(HttpContext http) =>
        http.RequestServices.GetRequiredService<GrainsOf<ITenantProvisioningGrain>>().Get(SettingsCall.Of(http).Call.Tenant);

    /// <summary>How users are provisioned, as an answer.</summary>
    public static async Task<IResult> AnswerAsync(HttpContext http, Grains.Contracts.Tenants.Provisioning provisioning)
    {
        var call = SettingsCall.Of(http).Call;
        var inbox = await http.RequestServices.GetRequiredService<GrainsOf<IInboxGrain>>().Get(call.Tenant).ReadStatusAsync().WaitAsync(call.Deadline);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Ok(ProvisioningView.From(provisioning, inbox, $"{http.Request.Scheme}://{http.Request.Host.Value}{http.Request.PathBase.Value}"));
    }

    /// <summary>What became of a command, as an answer. Whenever Standard is in force its nights are noted, before anybody is told.</summary>
    public static async Task<IResult> AnswerAsync(HttpContext http, ProvisioningReply reply)
    {
        if (reply.Refusal is { } refusal)
        {
            return Problem.From(refusal);
        }

        if (reply.Provisioning!.Method == ProvisioningMethod.Standard)
        {
            await http.RequestServices.GetRequiredService<NightSchedule>().EnsureAsync(SettingsCall.Of(http).Call.Tenant);
        }

        return await AnswerAsync(http, reply.Provisioning);
    }

    private static async Task<IResult> ReadAsync(HttpContext http)
    {
        SettingsCall.Of(http).Tag(http);
        return await AnswerAsync(http, (await Tenant(http).ReadProvisioningAsync().WaitAsync(SettingsCall.Of(http).Call.Deadline))!);
    }

    private static async Task<IResult> SetAsync(HttpContext http, TenantOrgs orgs, CredentialBox box, ApiCheck check)
    {
        var call = SettingsCall.Of(http);
        var (wanted, refused) = await SettingsBody.ReadAsync<NewProvisioning>(http, call.Call.Deadline);
        if (refused is not null)
        {
            return refused;
        }

        ProvisioningMethod? method = null;
        if (wanted!.Method is { } name && (method = ProvisioningMethods.Parse(name)) is null)
        {
            return Problem.From(400, "provisioning-method-unknown", "'method' must be 'scim', 'standard' or 'none'. Nothing was changed.");
        }

        OktaAccess? access = null;
        if (wanted.Okta is { } okta && !NewAccess.Read(call.Call.Tenant, okta, orgs, box).TryGet(out access, out var failure))
        {
            return Problem.From(400, failure.Describe().Id, $"{failure.Describe().Message} Nothing was changed.");
        }

        if (access is not null && await CheckAsync(call.Call, access, orgs, check) is { } disagreement)
        {
            return disagreement;
        }

        // The note comes first: of a process that dies behind the commit, nobody would know that the tenant has nights.
        if (method == ProvisioningMethod.Standard)
        {
            await http.RequestServices.GetRequiredService<NightSchedule>().EnsureAsync(call.Call.Tenant);
        }

        var reply = await Tenant(http).SetProvisioningAsync(new SetProvisioning(method, access, call.Origin) { Version = call.Settings.Version }).WaitAsync(call.Call.Deadline);
        return await AnswerAsync(http, reply);
    }

    // What Okta does not take now would come to nothing at night, when nobody looks.
    private static async Task<IResult?> CheckAsync(TenantCall call, OktaAccess access, TenantOrgs orgs, ApiCheck check)
    {
        if (!orgs.Connect(call.Tenant, access).TryGet(out var connection, out var failure))
        {
            return Problem.From(400, failure.Describe().Id, $"{failure.Describe().Message} Nothing was changed.");
        }

        var found = await check.RunAsync(connection, access.AppId, call.Deadline);
        return found.Any(one => one.Result == CheckResult.Failed && Needed.Contains(one.Id, StringComparer.Ordinal))
            ? Problem.From(422, "provisioning-check-failed", "Okta does not agree with this. Nothing was changed. Each check says what to do.", ("checks", CheckView.From(found)))
            : null;
    }

    private static async Task<IResult> TestAsync(HttpContext http, TenantOrgs orgs, ApiCheck check)
    {
        var call = SettingsCall.Of(http).Call;
        var provisioning = await Tenant(http).ReadProvisioningAsync().WaitAsync(call.Deadline);
        if (provisioning?.Access is not { } access)
        {
            return Problem.From(409, "standard-not-configured", "There is nothing to test yet. Set the Okta org, the app and a credential first.");
        }

        return orgs.Connect(call.Tenant, access).TryGet(out var connection, out var failure)
            ? Results.Ok(new ConnectionTest(CheckView.From(await check.RunAsync(connection, access.AppId, call.Deadline))))
            : Problem.From(409, failure.Describe().Id, failure.Describe().Message);
    }

    private static async Task<IResult> MintAsync(HttpContext http)
    {
        var call = SettingsCall.Of(http);
        var (wanted, refused) = await SettingsBody.ReadAsync<NewHookSecret>(http, call.Call.Deadline);
        if (refused is not null)
        {
            return refused;
        }

        var (id, secret) = HookSecrets.Create();
        var command = new AddHookSecret(id, BearerToken.Hash(secret), wanted!.Label ?? "", call.Origin) { Version = call.Settings.Version };
        var reply = await Tenant(http).AddHookSecretAsync(command).WaitAsync(call.Call.Deadline);
        http.Response.Headers.CacheControl = "no-store";
        return reply.Refusal is { } refusal
            ? Problem.From(refusal)
            : Results.Created($"{call.Call.RootPath}{SettingsRoutes.Root}/provisioning/hook-secrets/{id}", new MintedHookSecret(id, secret));
    }

    private static async Task<IResult> RevokeAsync(string id, HttpContext http)
    {
        var call = SettingsCall.Of(http);
        var reply = await Tenant(http).RevokeHookSecretAsync(id, call.Origin, call.Settings.Version).WaitAsync(call.Call.Deadline);
        return reply.Refusal is { } refusal ? Problem.From(refusal) : Results.NoContent();
    }
}
