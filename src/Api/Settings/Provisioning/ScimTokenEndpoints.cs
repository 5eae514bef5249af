using OrleansIdentity.Api.Authentication;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.Operator;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Tenants;

namespace OrleansIdentity.Api.Settings.Provisioning;

/// <summary>The tenant's SCIM tokens: mint, list, revoke.</summary>
internal static class ScimTokenEndpoints
{
    public static void MapScimTokens(this RouteGroupBuilder group)
    {
        group.MapPost("/provisioning/scim-tokens", (Delegate)MintAsync).WithSummary("Mint a SCIM token; it is shown once, and two may be live")
            .Accepts<NewToken>("application/json").Produces<MintedToken>(201).ProducesProblem(400).ProducesProblem(409);
        group.MapGet("/provisioning/scim-tokens", (Delegate)ListAsync).WithSummary("List the live SCIM tokens").Produces<TokenList>();
        group.MapDelete("/provisioning/scim-tokens/{id}", RevokeAsync).WithSummary("Revoke a SCIM token, from the next request on").Produces(204).ProducesProblem(404);
    }

    private static async Task<IResult> MintAsync(HttpContext http)
    {
        var call = SettingsCall.Of(http);
        var (wanted, refused) = await SettingsBody.ReadAsync<NewToken>(http, call.Call.Deadline);
        if (refused is not null)
        {
            return refused;
        }

        var (id, token) = ScimTokens.Create();
        var reply = await Tenant(http).AddTokenAsync(new AddScimToken(id, BearerToken.Hash(token), wanted!.Label ?? "", call.Origin)).WaitAsync(call.Call.Deadline);
        if (reply.Refusal is { } refusal)
        {
            return Problem.From(refusal);
        }

        http.Response.Headers.CacheControl = "no-store";
        var minted = reply.Tenant!.ScimTokens.Single(live => live.Id == id);
        return Results.Created($"{call.Call.RootPath}{SettingsRoutes.Root}/provisioning/scim-tokens/{id}", new MintedToken(id, minted.Label, minted.CreatedAt, token));
    }

    private static async Task<IResult> ListAsync(HttpContext http)
    {
        var tenant = await Tenant(http).ReadAsync().WaitAsync(SettingsCall.Of(http).Call.Deadline);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Ok(new TokenList(Operator.Tenant.From(tenant!).ScimTokens));
    }

    private static async Task<IResult> RevokeAsync(string id, HttpContext http)
    {
        var call = SettingsCall.Of(http);
        var reply = await Tenant(http).RevokeTokenAsync(id, call.Origin).WaitAsync(call.Call.Deadline);
        return reply.Refusal is { } refusal ? Problem.From(refusal) : Results.NoContent();
    }

    private static ITenantGrain Tenant(HttpContext http) => http.RequestServices.GetRequiredService<GrainsOf<ITenantGrain>>().Get(SettingsCall.Of(http).Call.Tenant);
}
