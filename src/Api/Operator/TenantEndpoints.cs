using Microsoft.AspNetCore.Http.HttpResults;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Directory;
using OrleansIdentity.Grains.Contracts.HostNames;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Tenants;

namespace OrleansIdentity.Api.Operator;

/// <summary>Tenants: create, list, read, enable, disable, set.</summary>
internal static class TenantEndpoints
{
    private const int MaxPage = 500;
    private const int MaxHostNames = 20;

    public static void MapTenants(this RouteGroupBuilder group)
    {
        group.MapPost("/tenants", CreateAsync).WithSummary("Create a tenant").Produces<Tenant>(201).ProducesProblem(400).ProducesProblem(409);
        group.MapGet("/tenants", ListAsync).WithSummary("List tenants").Produces<TenantPage>();
        group.MapGet("/tenants/{slug}", ReadAsync).WithSummary("Read a tenant").Produces<Tenant>().ProducesProblem(404);
        group.MapPost("/tenants/{slug}/enable", (string slug, HttpContext http, IGrainFactory grains) => SetAsync(slug, true, http, grains))
            .WithSummary("Enable the Okta integration for a tenant").Produces<Tenant>().ProducesProblem(404);
        group.MapPost("/tenants/{slug}/disable", (string slug, HttpContext http, IGrainFactory grains) => SetAsync(slug, false, http, grains))
            .WithSummary("Disable the Okta integration for a tenant, from the next request on").Produces<Tenant>().ProducesProblem(404);
        group.MapPut("/tenants/{slug}/settings", SetSettingsAsync)
            .WithSummary("Replace the settings of a tenant, from the next request on").Produces<Tenant>().ProducesProblem(400).ProducesProblem(404);
    }

    /// <summary>A tenant's grain; null when no tenant can have this name.</summary>
    internal static ITenantGrain? Find(IGrainFactory grains, string slug) => TenantName.IsSlug(slug) ? grains.GetGrain<ITenantGrain>(slug) : null;

    /// <summary>What to answer when there is no such tenant.</summary>
    internal static IResult Unknown() =>
        OperatorProblem.From(404, "tenant-unknown", "There is no such tenant. List the tenants to see which there are.");

    private static async Task<IResult> CreateAsync(NewTenant wanted, HttpContext http, IGrainFactory grains, Owners owners)
    {
        var call = OperatorCall.Of(http);
        if (wanted.Owner is { } named && Owners.Complaint(named) is { } complaint)
        {
            return OperatorProblem.From(complaint);
        }

        var hostNames = (wanted.HostNames ?? []).Distinct().ToArray();
        if (hostNames.Length > MaxHostNames)
        {
            return OperatorProblem.From(400, "too-many-host-names", $"A tenant has at most {MaxHostNames} further host names. Name fewer.");
        }

        var tenant = Find(grains, wanted.Slug ?? "");
        if (tenant is null)
        {
            return OperatorProblem.From(400, "tenant-slug-invalid",
                "A slug has 1 to 63 characters of a-z, 0-9 and '-', and no '-' at either end. Choose another one.");
        }

        // The tenant first is asked without host names in mind: an existing one must not lose its own when the claims are taken back.
        if (await tenant.ReadAsync() is not null)
        {
            return OperatorProblem.From(409, "tenant-exists", $"There is a tenant '{wanted.Slug}' already. Choose another slug, or use that tenant.");
        }

        foreach (var hostName in hostNames)
        {
            if (await grains.GetGrain<IHostNameGrain>(hostName).ClaimAsync(wanted.Slug!, call.Origin) is { } refusal)
            {
                await ReleaseAsync(hostNames, wanted.Slug!, call, grains);
                return OperatorProblem.From(refusal);
            }
        }

        var reply = await tenant.CreateAsync(new CreateTenant(hostNames, call.Origin));
        if (reply.Refusal is { } refused)
        {
            await ReleaseAsync(hostNames, wanted.Slug!, call, grains);
            return OperatorProblem.From(refused);
        }

        call.IsRecorded = true;
        if (wanted.Owner is { } owner && (await owners.InviteAsync(wanted.Slug!, owner, call.Origin)).Refusal is { } unnamed)
        {
            return OperatorProblem.From(unnamed);
        }

        return Results.Created($"/operator/v1/tenants/{wanted.Slug}", Tenant.From(reply.Tenant!));
    }

    private static async Task ReleaseAsync(string[] hostNames, string slug, OperatorCall call, IGrainFactory grains)
    {
        if (await grains.GetGrain<ITenantGrain>(slug).ReadAsync() is not null)
        {
            // Somebody else created the tenant meanwhile, perhaps with these names: they may be in use.
            return;
        }

        foreach (var hostName in hostNames)
        {
            await grains.GetGrain<IHostNameGrain>(hostName).ReleaseAsync(slug, call.Origin);
        }
    }

    private static async Task<Ok<TenantPage>> ListAsync(IGrainFactory grains, CancellationToken cancellationToken, string? after = null, int count = 100)
    {
        var limit = Math.Clamp(count, 1, MaxPage);
        var tenants = await grains.GetGrain<IDirectoryGrain>(RecordKey.SystemTenant).ListTenantsAsync(after, limit, cancellationToken);
        return TypedResults.Ok(new TenantPage([.. tenants.Select(Tenant.From)], tenants.Length == limit ? tenants[^1].Slug : null));
    }

    private static async Task<IResult> ReadAsync(string slug, IGrainFactory grains) =>
        Find(grains, slug) is { } tenant && await tenant.ReadAsync() is { } view ? Results.Ok(Tenant.From(view)) : Unknown();

    private static Task<IResult> SetAsync(string slug, bool enabled, HttpContext http, IGrainFactory grains) =>
        ChangeAsync(slug, http, grains, (tenant, call) => tenant.SetIntegrationAsync(enabled, call.Origin));

    private static Task<IResult> SetSettingsAsync(string slug, Settings wanted, HttpContext http, IGrainFactory grains) =>
        ChangeAsync(slug, http, grains, (tenant, call) => tenant.SetSettingsAsync(wanted.ToSettings(), call.Origin));

    private static async Task<IResult> ChangeAsync(
        string slug, HttpContext http, IGrainFactory grains, Func<ITenantGrain, OperatorCall, Task<TenantReply>> change)
    {
        if (Find(grains, slug) is not { } tenant)
        {
            return Unknown();
        }

        var call = OperatorCall.Of(http);
        var reply = await change(tenant, call);
        call.IsRecorded = reply.Changed;
        return reply.Refusal is { } refusal ? OperatorProblem.From(refusal) : Results.Ok(Tenant.From(reply.Tenant!));
    }
}
