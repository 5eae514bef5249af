using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Profiles;
using OrleansIdentity.Grains.Resources;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Users.Accounts;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Grains.Users;

/// <summary>What is special about the life of a user: its keys, and that what it does to access gives a step its name.</summary>
internal static class Lifecycle
{
    /// <summary>Why a read of Okta had no effect: a later one was applied before.</summary>
    public const string Older = "older-read";

    /// <summary>The rules of users.</summary>
    public static ResourceLifecycle Rules { get; } = new(ResourceTypes.User, RecordKinds.User, UserKeys.Of, EventType);

    /// <summary>Decides what a command makes of a user.</summary>
    public static ResourceDecision Decide(string id, UserRecord? current, ResourceCommand command, DateTimeOffset now) =>
        Decide(ResourceTypes.User, id, current, command, now, out _);

    /// <summary>Decides what a command makes of a user.</summary>
    /// <param name="type">Users as the tenant has them.</param>
    /// <param name="id">The user's id.</param>
    /// <param name="current">The user as last committed; null when it does not exist.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="now">The time of the decision (UTC).</param>
    /// <param name="team">The name of the team that the user is in afterwards; null for none.</param>
    public static ResourceDecision Decide(
        ResourceType type, string id, UserRecord? current, ResourceCommand command, DateTimeOffset now, out string? team)
    {
        team = null;
        if (Authority.OverAccount(command.By, current?.Account) is { } forbidden)
        {
            return new ResourceDecision.Refused(forbidden);
        }

        if (command is SyncUser read && SyncLifecycle.IsOlder(current?.Account.Sync, read))
        {
            return new ResourceDecision.Unchanged([Older]);
        }

        var rules = Rules.For(type);
        var decision = Begin(rules, id, current, command, now, out var draft);
        if (draft is { Before: { } before } && command is ReplaceResource)
        {
            Provenance.Keep(type, before, draft.After, current!.Account.Manual);
        }

        team = TeamName.Of(draft?.After);
        decision = AccountLifecycle.Follow(type, current, command, draft, decision ?? rules.Conclude(id, current, draft!, MemberChange.None, now), now);
        return decision is ResourceDecision.Unchanged && command is SyncUser same ? SyncLifecycle.Note(current!, same, now) ?? decision : decision;
    }

    /// <summary>Whether a user of these attributes has access. Without <c>active</c> it has: RFC 7643 §4.1.1 leaves its meaning to the server.</summary>
    public static bool IsActive(JsonObject? attributes) => attributes?["active"]?.GetValue<bool>() ?? true;

    private static ResourceDecision? Begin(
        ResourceLifecycle rules, string id, UserRecord? current, ResourceCommand command, DateTimeOffset now, out ResourceDraft? draft)
    {
        switch (command)
        {
            case SyncUser read:
                return BeginSync(rules, id, current, read, now, out draft);
            case EditProfile edit:
                return BeginEdit(rules, id, current, edit, out draft);
            default:
                return rules.Begin(id, current, command, now, out draft);
        }
    }

    private static ResourceDecision? BeginSync(
        ResourceLifecycle rules, string id, UserRecord? current, SyncUser read, DateTimeOffset now, out ResourceDraft? draft)
    {
        draft = null;
        var stored = current is null ? null : ResourceDocument.ReadAttributes(current.Document);
        var before = stored is null ? null : StoredExtension.Conform(rules.Type, stored);
        if (SyncLifecycle.Refuse(current, before, read) is { } refused)
        {
            return new ResourceDecision.Refused(refused);
        }

        if (!SyncLifecycle.Apply(rules.Type, before, current?.Account, read).TryGet(out var after, out var error))
        {
            return new ResourceDecision.Refused(error);
        }

        if (current is null)
        {
            return rules.Begin(id, null, new CreateResource(read.Origin, read.Deadline, JsonSerializer.SerializeToUtf8Bytes<JsonNode>(after)), now, out draft);
        }

        draft = new ResourceDraft(before, after, [], []) { Stored = stored };
        return null;
    }

    private static ResourceDecision? BeginEdit(ResourceLifecycle rules, string id, UserRecord? current, EditProfile edit, out ResourceDraft? draft)
    {
        draft = null;
        if (rules.Refusal(id, current, edit) is { } refused)
        {
            return new ResourceDecision.Refused(refused);
        }

        var stored = ResourceDocument.ReadAttributes(current!.Document);
        var before = StoredExtension.Conform(rules.Type, stored);
        if (!ProfileEdit.Apply(rules.Type, before, edit.Fields).TryGet(out var after, out var error))
        {
            return new ResourceDecision.Refused(error);
        }

        after[LocalFields.Active] = edit.Active ?? IsActive(before);
        draft = new ResourceDraft(before, after, [], []) { Stored = stored };
        return null;
    }

    private static string EventType(JsonObject? before, JsonObject? after) => (before is null, after is null, IsActive(before), IsActive(after)) switch
    {
        (true, _, _, _) => EventTypes.UserCreated,
        (_, true, _, _) => EventTypes.UserDeleted,
        (_, _, true, false) => EventTypes.UserDeactivated,
        (_, _, false, true) => EventTypes.UserReactivated,
        _ => EventTypes.UserUpdated,
    };
}
