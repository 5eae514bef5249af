using OrleansIdentity.Grains.Contracts.Integrations;
using OrleansIdentity.Grains.Contracts.Users;

namespace OrleansIdentity.Api.Settings;

/// <summary>Whether and when new accounts are invited.</summary>
/// <param name="Automatic">Whether they are without anybody's doing. Off while a customer is being implemented.</param>
/// <param name="HireDateField">The custom field whose date the invitation waits for; null to invite at creation, whatever the start date.</param>
public sealed record InvitationSettings(bool Automatic, string? HireDateField = null)
{
    internal static InvitationSettings From(InvitationPolicy policy) => new(policy.Automatic, policy.HireDateField);

    internal InvitationPolicy ToPolicy() => new(Automatic, HireDateField);
}

/// <summary>Whether and when new accounts are invited: replace. It is read with all settings.</summary>
internal static class InvitationSettingsEndpoints
{
    public static void MapInvitationSettings(this RouteGroupBuilder group) => group.MapPut("/invitations", (Delegate)SetAsync)
        .WithSummary("Replace whether and when new accounts are invited. Who is there already is not invited by it")
        .Accepts<InvitationSettings>("application/json").Produces<OktaSettings>().ProducesProblem(400).ProducesProblem(412).ProducesProblem(415);

    private static async Task<IResult> SetAsync(HttpContext http)
    {
        var call = SettingsCall.Of(http);
        var (wanted, refused) = await SettingsBody.ReadAsync<InvitationSettings>(http, call.Call.Deadline);
        return refused ?? await call.ChangeAsync(http, new SetInvitations(call.Origin, call.Settings.Version, wanted!.ToPolicy()));
    }
}
