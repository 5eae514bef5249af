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

        var rules = Rules.For(type);
        var decision = Begin(rules, id, current, command, now, out var draft);
        if (draft is { Before: { } before } && command is ReplaceResource)
        {
            Provenance.Keep(type, before, draft.After, current!.Account.Manual);
        }

        team = TeamName.Of(draft?.After);
        return AccountLifecycle.Follow(type, current, command, draft, decision ?? rules.Conclude(id, current, draft!, MemberChange.None, now), now);
    }

    /// <summary>Whether a user of these attributes has access. Without <c>active</c> it has: RFC 7643 §4.1.1 leaves its meaning to the server.</summary>
    public static bool IsActive(JsonObject? attributes) => attributes?["active"]?.GetValue<bool>() ?? true;

    private static ResourceDecision? Begin(
        ResourceLifecycle rules, string id, UserRecord? current, ResourceCommand command, DateTimeOffset now, out ResourceDraft? draft)
    {
        if (command is not EditProfile edit)
        {
            return rules.Begin(id, current, command, now, out draft);
        }

        draft = null;
        if (rules.Refusal(id, current, command) is { } refused)
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
