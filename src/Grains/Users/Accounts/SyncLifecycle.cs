using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Profiles;
using OrleansIdentity.Grains.Resources;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Grains.Users.Accounts;

/// <summary>Decides what a read of Okta makes of a user. What it does to access, keys, invitation and manual edits is what a push by SCIM does. Pure.</summary>
internal static class SyncLifecycle
{
    /// <summary>Whether a later read was applied already, or a read of a later state.</summary>
    public static bool IsOlder(SyncState? last, SyncUser command) =>
        last is not null && (command.ReadAt < last.ReadAt || command.OktaUpdatedAt < last.OktaUpdatedAt);

    /// <summary>What is known of Okta after a command that changed the user.</summary>
    public static SyncState? Next(SyncState? last, ResourceCommand command) => command is SyncUser sync
        ? new SyncState(sync.ReadAt, sync.OktaUpdatedAt ?? last?.OktaUpdatedAt, sync.Digest)
        : last is null ? null : last with { Digest = null };

    /// <summary>The attributes that a read comes to.</summary>
    /// <param name="type">Users as the tenant has them.</param>
    /// <param name="before">The attributes as they are; null for a new user. Not changed.</param>
    /// <param name="edits">What was edited by hand.</param>
    /// <param name="command">The read.</param>
    public static Outcome<JsonObject> Apply(ResourceType type, JsonObject? before, Account? edits, SyncUser command)
    {
        JsonObject after;
        if (command.Fields is not { } fields)
        {
            after = before?.DeepClone().AsObject() ?? [];
        }
        else if (ProfileEdit.Apply(type, before ?? [], fields).TryGet(out var edited, out var error))
        {
            after = edited;
            after["externalId"] = command.OktaId;
        }
        else
        {
            return error;
        }

        after[LocalFields.Active] = command.Active;
        if (before is not null)
        {
            Provenance.Keep(type, before, after, edits?.Manual);
        }

        return after;
    }

    /// <summary>Why a person of Okta is not this user; null when it may be.</summary>
    public static ScimError? Refuse(UserRecord? user, JsonObject? before, SyncUser command) => (user, AttributeAccess.Text(before?["externalId"])) switch
    {
        (null, _) when command is { Active: true, Fields: { } } => null,
        (null, _) => ScimErrors.NotFound("User", command.OktaId),
        (_, { } other) when other != command.OktaId => Linked(),
        ({ Account.OktaId: { } other }, null) when other != command.OktaId => Linked(),
        ({ Account: { OktaId: null, Role: Roles.Owner or Roles.Admin } }, null) => new ScimError(
            409, null, "privileged-account", "An account of an owner or admin is not joined by its e-mail address. Nothing was changed. Link it to the Okta user by hand."),
        _ => null,
    };

    /// <summary>Notes a read that has shown nothing new; null when there is nothing to note either.</summary>
    public static ResourceDecision? Note(UserRecord user, SyncUser command, DateTimeOffset now) =>
        command.Digest is not { } digest || user.Account.Sync?.Digest == digest
            ? null
            : AccountLifecycle.Change(user, user.Account with { Sync = Next(user.Account.Sync, command) }, EventTypes.UserSyncNoted, now);

    private static ScimError Linked() => new(
        409, null, "account-linked", "The account belongs to another Okta user. Nothing was changed. An administrator has to unlink it first, or correct the e-mail address in Okta.");
}
