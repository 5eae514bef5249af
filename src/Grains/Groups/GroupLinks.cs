using System.Text.Json;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Groups;

/// <summary>Makes of memberships what a user's representation shows of them.</summary>
internal static class GroupLinks
{
    /// <summary>The groups of each user, in the order of the memberships.</summary>
    public static ILookup<string, GroupLink> ByUser(IReadOnlyList<Membership> memberships)
    {
        var links = new Dictionary<string, GroupLink>(StringComparer.Ordinal);
        foreach (var (_, group) in memberships)
        {
            if (!links.ContainsKey(group.Key.Id))
            {
                links.Add(group.Key.Id, Of(group));
            }
        }

        return memberships.ToLookup(membership => membership.UserId, membership => links[membership.Group.Key.Id]);
    }

    private static GroupLink Of(StoredRecord group) => new(group.Key.Id, Name(group));

    /// <summary>A group's <c>displayName</c>.</summary>
    public static string Name(StoredRecord group)
    {
        var reader = new Utf8JsonReader(group.Document.Span);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("displayName"u8))
            {
                reader.Read();
                return reader.GetString()!;
            }
        }

        throw new JsonException($"The record {group.Key} has no displayName.");
    }
}
