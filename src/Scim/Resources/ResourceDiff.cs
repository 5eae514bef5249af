using System.Text.Json.Nodes;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Resources;

/// <summary>What became of one attribute.</summary>
/// <param name="Path">Its canonical name; attributes of extensions are qualified with the URN.</param>
/// <param name="Before">Its value before; null when it had none.</param>
/// <param name="After">Its value after; null when it has none.</param>
public sealed record AttributeChange(string Path, JsonNode? Before, JsonNode? After);

/// <summary>Compares two states of a resource.</summary>
public static class ResourceDiff
{
    /// <summary>The attributes that differ; none when nothing changed. The order of values does not matter (RFC 7643 §2.4).</summary>
    /// <param name="before">The attributes before; null when the resource did not exist.</param>
    /// <param name="after">The attributes after; null when it does not exist any more.</param>
    public static IReadOnlyList<AttributeChange> Between(JsonObject? before, JsonObject? after)
    {
        var changes = new List<AttributeChange>();
        Collect("", before, after, changes);
        return changes;
    }

    private static void Collect(string prefix, JsonObject? before, JsonObject? after, List<AttributeChange> changes)
    {
        var names = (before ?? []).Select(member => member.Key).Union((after ?? []).Select(member => member.Key), StringComparer.Ordinal);
        foreach (var name in names)
        {
            var (old, now) = (before?[name], after?[name]);
            if (prefix.Length == 0 && SchemaUrns.IsUrn(name))
            {
                Collect($"{name}:", old as JsonObject, now as JsonObject, changes);
            }
            else if (!AreEqual(old, now))
            {
                changes.Add(new AttributeChange(prefix + name, old, now));
            }
        }
    }

    /// <summary>Whether two values are the same.</summary>
    internal static bool AreEqual(JsonNode? one, JsonNode? other)
    {
        if (one is not JsonArray left || other is not JsonArray right || JsonNode.DeepEquals(one, other))
        {
            return JsonNode.DeepEquals(one, other);
        }

        if (left.Count != right.Count)
        {
            return false;
        }

        var unmatched = right.ToList();
        return left.All(element => unmatched.FindIndex(candidate => JsonNode.DeepEquals(element, candidate)) is var found
            && found >= 0
            && RemoveAt(unmatched, found));
    }

    private static bool RemoveAt(List<JsonNode?> list, int index)
    {
        list.RemoveAt(index);
        return true;
    }
}
