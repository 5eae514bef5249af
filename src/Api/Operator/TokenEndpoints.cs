using OrleansIdentity.Api.Authentication;
using OrleansIdentity.Grains.Contracts.Tenants;

namespace OrleansIdentity.Api.Operator;

/// <summary>A tenant's SCIM tokens: mint, list, revoke.</summary>
internal static class TokenEndpoints
{
    public static void MapTokens(this RouteGroupBuilder group)
    {
        group.MapPost("/tenants/{slug}/scim-tokens", MintAsync).WithSummary("Mint a SCIM token; it is shown once, and two may be live")
            .Produces<MintedToken>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        group.MapGet("/tenants/{slug}/scim-tokens", ListAsync).WithSummary("List the live SCIM tokens of a tenant").Produces<TokenList>().ProducesProblem(404);
        group.MapDelete("/tenants/{slug}/scim-tokens/{id}", RevokeAsync).WithSummary("Revoke a SCIM token, from the next request on")
            .Produces(204).ProducesProblem(404);
    }

    private static async Task<IResult> MintAsync(string slug, NewToken? wanted, HttpContext http, IGrainFactory grains)
    {
        if (TenantEndpoints.Find(grains, slug) is not { } tenant)
        {
            return TenantEndpoints.Unknown();
        }

        var call = OperatorCall.Of(http);
        var (id, token) = ScimTokens.Create();
        var reply = await tenant.AddTokenAsync(new AddScimToken(id, BearerToken.Hash(token), wanted?.Label ?? "", call.Origin));
        if (reply.Refusal is { } refusal)
        {
            return OperatorProblem.From(refusal);
        }

        call.IsRecorded = true;
        http.Response.Headers.CacheControl = "no-store";
        var minted = reply.Tenant!.ScimTokens.Single(live => live.Id == id);
        return Results.Created($"/operator/v1/tenants/{slug}/scim-tokens/{id}", new MintedToken(id, minted.Label, minted.CreatedAt, token));
    }

    private static async Task<IResult> ListAsync(string slug, IGrainFactory grains) =>
        TenantEndpoints.Find(grains, slug) is { } tenant && await tenant.ReadAsync() is { } view
            ? Results.Ok(new TokenList(Tenant.From(view).ScimTokens))
            : TenantEndpoints.Unknown();

    private static async Task<IResult> RevokeAsync(string slug, string id, HttpContext http, IGrainFactory grains)
    {
        if (TenantEndpoints.Find(grains, slug) is not { } tenant)
        {
            return TenantEndpoints.Unknown();
        }

        var call = OperatorCall.Of(http);
        var reply = await tenant.RevokeTokenAsync(id, call.Origin);
        call.IsRecorded = reply.Changed;
        return reply.Refusal is { } refusal ? OperatorProblem.From(refusal) : Results.NoContent();
    }
}
