using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Contracts.SignIn;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Resources;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Users.Accounts;
using OrleansIdentity.Grains.Users.Sessions;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Grains.Users.SignOns;

/// <summary>Decides what single sign-on makes of an account: rules.md, rules 5 and 6. Pure.</summary>
internal static class SignOnLifecycle
{
    /// <summary>Begins a session, with the link and the accepted invitation that may come with it.</summary>
    public static ResourceDecision Decide(UserRecord user, SignOn command, DateTimeOffset now)
    {
        var account = user.Account;
        if (account.Find(command.SessionId) is not null)
        {
            return new ResourceDecision.Unchanged([]);
        }

        var attributes = ResourceDocument.ReadAttributes(user.Document);
        if (!user.IsActive)
        {
            return AccountLifecycle.Refuse(403, "account-deactivated", "The account is deactivated. Ask an administrator to reactivate it.");
        }

        if (Refusal(attributes, account, command) is { } refused)
        {
            return refused;
        }

        if (user.Status is AccountStatuses.NotInvited or AccountStatuses.InviteScheduled)
        {
            return AccountLifecycle.Refuse(403, SignInReasons.NotInvited, "The account has not been invited yet. Ask an administrator for an invitation.");
        }

        var session = SessionLifecycle.Make(command.SessionId, command.Method, command.Factors, command.Place, command.ProviderSessionId, now);
        var next = SessionLifecycle.Add(account, session);
        List<AttributeChange> changes = [.. SessionLifecycle.Describe(session)];
        if (Linked(attributes, account) is null && command.OktaId is { } oktaId)
        {
            next = next with { OktaId = oktaId };
            changes.Add(new AttributeChange("account.oktaId", null, JsonValue.Create(oktaId)));
        }

        if (user.Status == AccountStatuses.InvitePending)
        {
            next = next with { Invitation = new Invitation(Invitation.Confirmed, now), InvitationLink = null };
            changes.Add(new AttributeChange("account.status", AccountStatuses.InvitePending, AccountStatuses.Confirmed));
        }

        return AccountLifecycle.Change(user, next, EventTypes.SignInSucceeded, now, [.. changes]);
    }

    // What an admin has linked by hand, or a first sign-in has, counts before what provisioning says.
    private static string? Linked(JsonObject attributes, Account account) => account.OktaId ?? attributes["externalId"]?.GetValue<string>();

    private static ResourceDecision.Refused? Refusal(JsonObject attributes, Account account, SignOn command) => Linked(attributes, account) switch
    {
        { } linked when linked == command.OktaId => null,
        { } when command.OktaId is null => AccountLifecycle.Refuse(
            403, SignInReasons.OktaIdMissing, "The account is linked to a user of Okta, and the identity provider did not say which one this is."),
        { } => AccountLifecycle.Refuse(403, SignInReasons.LinkedToAnother, "The account is linked to another user of Okta. An administrator has to unlink it first."),
        null when command.OktaId is { Length: 0 or > IndexKey.MaxLength } || !HasAddress(attributes, command.Email) => AccountLifecycle.Refuse(
            403, SignInReasons.UnknownUser, "There is no account of this person."),
        null when account.Role is Roles.Owner or Roles.Admin => AccountLifecycle.Refuse(
            403, SignInReasons.LinkByHand, "Accounts of owners and admins are linked by hand, in the settings."),
        null => null,
    };

    private static bool HasAddress(JsonObject attributes, string? email) => email is not null
        && (Same(attributes["userName"], email) || (attributes["emails"] as JsonArray ?? []).Any(one => Same(one?["value"], email)));

    private static bool Same(JsonNode? node, string email) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) && CaseFolding.Fold(text) == CaseFolding.Fold(email);
}
