using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Resources;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Users.Accounts;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Grains.Users;

/// <summary>What is special about the life of a user: its keys, and that what it does to access gives a step its name.</summary>
internal static class Lifecycle
{
    /// <summary>The rules of users.</summary>
    public static ResourceLifecycle Rules { get; } = new(ResourceTypes.User, RecordKinds.User, UserKeys.Of, EventType);

    /// <summary>Decides what a command makes of a user.</summary>
    public static ResourceDecision Decide(string id, UserRecord? current, ResourceCommand command, DateTimeOffset now) =>
        Decide(ResourceTypes.User, id, current, command, now);

    /// <summary>Decides what a command makes of a user of the type as the tenant has it.</summary>
    public static ResourceDecision Decide(ResourceType type, string id, UserRecord? current, ResourceCommand command, DateTimeOffset now) =>
        AccountLifecycle.Follow(current, Rules.For(type).Decide(id, current, command, now));

    /// <summary>Whether a user of these attributes has access. Without <c>active</c> it has: RFC 7643 §4.1.1 leaves its meaning to the server.</summary>
    public static bool IsActive(JsonObject? attributes) => attributes?["active"]?.GetValue<bool>() ?? true;

    private static string EventType(JsonObject? before, JsonObject? after) => (before is null, after is null, IsActive(before), IsActive(after)) switch
    {
        (true, _, _, _) => EventTypes.UserCreated,
        (_, true, _, _) => EventTypes.UserDeleted,
        (_, _, true, false) => EventTypes.UserDeactivated,
        (_, _, false, true) => EventTypes.UserReactivated,
        _ => EventTypes.UserUpdated,
    };
}
