using OrleansIdentity.Api.Authentication;
using OrleansIdentity.Grains.Contracts.Tenants;

namespace OrleansIdentity.Api.Operator;

/// <summary>A tenant's keys of the host API: mint, list, revoke.</summary>
internal static class HostKeyEndpoints
{
    public static void MapHostKeys(this RouteGroupBuilder group)
    {
        group.MapPost("/tenants/{slug}/host-keys", MintAsync).WithSummary("Mint a key of the host API; it is shown once, and two may be live")
            .Produces<MintedToken>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        group.MapGet("/tenants/{slug}/host-keys", ListAsync).WithSummary("List the live keys of the host API of a tenant").Produces<HostKeyList>().ProducesProblem(404);
        group.MapDelete("/tenants/{slug}/host-keys/{id}", RevokeAsync).WithSummary("Revoke a key of the host API, from the next request on")
            .Produces(204).ProducesProblem(404);
    }

    private static async Task<IResult> MintAsync(string slug, NewToken? wanted, HttpContext http, IGrainFactory grains)
    {
        if (TenantEndpoints.Find(grains, slug) is not { } tenant)
        {
            return TenantEndpoints.Unknown();
        }

        var call = OperatorCall.Of(http);
        var (id, key) = HostKeys.Create();
        var reply = await tenant.AddHostKeyAsync(new AddHostKey(id, BearerToken.Hash(key), wanted?.Label ?? "", call.Origin));
        if (reply.Refusal is { } refusal)
        {
            return OperatorProblem.From(refusal);
        }

        call.IsRecorded = true;
        http.Response.Headers.CacheControl = "no-store";
        var minted = reply.Tenant!.HostKeys.Single(live => live.Id == id);
        return Results.Created($"/operator/v1/tenants/{slug}/host-keys/{id}", new MintedToken(id, minted.Label, minted.CreatedAt, key));
    }

    private static async Task<IResult> ListAsync(string slug, IGrainFactory grains) =>
        TenantEndpoints.Find(grains, slug) is { } tenant && await tenant.ReadAsync() is { } view
            ? Results.Ok(new HostKeyList([.. view.HostKeys.Select(key => new LiveToken(key.Id, key.Label, key.CreatedAt))]))
            : TenantEndpoints.Unknown();

    private static async Task<IResult> RevokeAsync(string slug, string id, HttpContext http, IGrainFactory grains)
    {
        if (TenantEndpoints.Find(grains, slug) is not { } tenant)
        {
            return TenantEndpoints.Unknown();
        }

        var call = OperatorCall.Of(http);
        var reply = await tenant.RevokeHostKeyAsync(id, call.Origin);
        call.IsRecorded = reply.Changed;
        return reply.Refusal is { } refusal ? OperatorProblem.From(refusal) : Results.NoContent();
    }
}
