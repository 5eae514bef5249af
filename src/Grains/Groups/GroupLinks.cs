using System.Text.Json;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Groups;

/// <summary>Makes of memberships what a user's representation shows of them.</summary>
internal static class GroupLinks
{
    /// <summary>The group of a membership.</summary>
    public static GroupLink Of(Membership membership)
    {
        var reader = new Utf8JsonReader(membership.Group.Document.Span);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("displayName"u8))
            {
                reader.Read();
                return new GroupLink(membership.Group.Key.Id, reader.GetString()!);
            }
        }

        throw new JsonException($"The record {membership.Group.Key} has no displayName.");
    }
}
