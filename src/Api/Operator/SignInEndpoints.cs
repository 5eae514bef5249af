using System.Text.Json.Serialization;
using OrleansIdentity.Grains.Contracts.Tenants;

namespace OrleansIdentity.Api.Operator;

/// <summary>How one signs in at a tenant; all of it is sent.</summary>
/// <param name="SessionHours">After so many hours without a request a session is over, from 1 to 8760.</param>
/// <param name="SsoOnly">Whether passwords are not accepted.</param>
public sealed record SignInRules([property: JsonRequired] int SessionHours, [property: JsonRequired] bool SsoOnly);

/// <summary>How one signs in at a tenant: read, replace.</summary>
internal static class SignInEndpoints
{
    public static void MapSignInRules(this RouteGroupBuilder group)
    {
        group.MapGet("/tenants/{slug}/sign-in", ReadAsync).WithSummary("Read how one signs in at a tenant").Produces<SignInRules>().ProducesProblem(404);
        group.MapPut("/tenants/{slug}/sign-in", SetAsync).WithSummary("Replace how one signs in at a tenant, from the next request on")
            .Produces<SignInRules>().ProducesProblem(400).ProducesProblem(404);
    }

    private static async Task<IResult> ReadAsync(string slug, IGrainFactory grains) =>
        TenantEndpoints.Find(grains, slug) is { } tenant && await tenant.ReadSignInAsync() is { } settings
            ? Results.Ok(new SignInRules(settings.SessionHours, settings.SsoOnly))
            : TenantEndpoints.Unknown();

    private static async Task<IResult> SetAsync(string slug, SignInRules wanted, HttpContext http, IGrainFactory grains)
    {
        if (TenantEndpoints.Find(grains, slug) is not { } tenant)
        {
            return TenantEndpoints.Unknown();
        }

        var call = OperatorCall.Of(http);
        var reply = await tenant.SetSignInAsync(new SignInSettings(wanted.SessionHours, wanted.SsoOnly), call.Origin);
        call.IsRecorded = reply.Changed;
        return reply.Refusal is { } refusal ? OperatorProblem.From(refusal) : Results.Ok(wanted);
    }
}
