using OrleansIdentity.Grains.Contracts.Integrations;

namespace OrleansIdentity.Api.Settings;

/// <summary>How one signs in: replace. It is read with all settings.</summary>
internal static class PolicyEndpoints
{
    public static void MapPolicy(this RouteGroupBuilder group) => group.MapPut("/policy", (Delegate)SetAsync).WithSummary("Replace how one signs in, from the next request on")
        .Accepts<Policy>("application/json").Produces<OktaSettings>().ProducesProblem(400).ProducesProblem(409).ProducesProblem(412).ProducesProblem(415);

    private static async Task<IResult> SetAsync(HttpContext http)
    {
        var call = SettingsCall.Of(http);
        var (wanted, refused) = await SettingsBody.ReadAsync<Policy>(http, call.Call.Deadline);
        return refused ?? await call.ChangeAsync(http, new SetPolicy(call.Origin, call.Settings.Version, wanted!.ToSettings()));
    }
}
