using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Resources;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Grains.Groups;

/// <summary>What is special about the life of a group: <c>displayName</c> belongs to one group of a tenant at a time, and members depart.</summary>
internal static class GroupLifecycle
{
    /// <summary>The rules of groups.</summary>
    public static ResourceLifecycle Rules { get; } = new(ResourceTypes.Group, RecordKinds.Group, Keys, EventType);

    /// <summary>Decides that members who were deleted as users leave the group.</summary>
    public static ResourceDecision Depart(string id, ResourceRecord current, IReadOnlyList<string> departed, DateTimeOffset now)
    {
        var attributes = ResourceDocument.ReadAttributes(current.Document);
        var members = new MemberChange(new MemberDelta([], departed), []);
        return Rules.Conclude(id, current, new ResourceDraft(attributes, attributes, [], []), members, now, EventTypes.GroupMemberDeparted);
    }

    private static List<IndexKey> Keys(JsonObject attributes)
    {
        var keys = new List<IndexKey> { new("displayName", CaseFolding.Fold(attributes["displayName"]!.GetValue<string>()), Unique: true) };
        if (attributes["externalId"]?.GetValue<string>() is { } externalId)
        {
            keys.Add(new IndexKey("externalId", externalId, Unique: false));
        }

        return keys;
    }

    private static string EventType(JsonObject? before, JsonObject? after) => (before, after) switch
    {
        (null, _) => EventTypes.GroupCreated,
        (_, null) => EventTypes.GroupDeleted,
        _ => EventTypes.GroupUpdated,
    };
}
