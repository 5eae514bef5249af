using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Profiles;
using OrleansIdentity.Scim.Schemas;
using Edits = System.Collections.Generic.IReadOnlyDictionary<string, OrleansIdentity.Grains.Users.Accounts.ManualEdit>;

namespace OrleansIdentity.Grains.Users.Accounts;

/// <summary>
/// Tells which fields of a user were edited by hand, and what Okta had supplied instead. Only these are kept; everything else there is came from Okta. Pure.
/// </summary>
internal static class Provenance
{
    /// <summary>The edits after one by hand.</summary>
    /// <param name="type">The type of the tenant's users.</param>
    /// <param name="before">The attributes before; null when the user is created.</param>
    /// <param name="after">The attributes after.</param>
    /// <param name="edits">The edits before; null for none.</param>
    /// <param name="by">Who edits.</param>
    /// <param name="now">When (UTC).</param>
    public static Edits? AfterEdit(ResourceType type, JsonObject? before, JsonObject after, Edits? edits, string by, DateTimeOffset now)
    {
        var next = Copy(edits);
        foreach (var field in LocalFields.Of(type))
        {
            var (old, value) = (before is null ? null : field.Read(before), field.Read(after));
            if (JsonNode.DeepEquals(old, value))
            {
                continue;
            }

            var supplied = next.TryGetValue(field.Name, out var earlier) ? earlier.OktaValue : old;
            if (JsonNode.DeepEquals(supplied, value))
            {
                // The edit is undone: it is what Okta supplied again.
                next.Remove(field.Name);
            }
            else
            {
                next[field.Name] = new ManualEdit(supplied?.DeepClone(), now, by);
            }
        }

        return Settle(next);
    }

    /// <summary>
    /// The edits after a sync: what it changed is Okta's again. Okta's PUT sends back what GET has shown, so a value that comes as it was says nothing about
    /// who supplied it, and the edit stays.
    /// </summary>
    public static Edits? AfterSync(ResourceType type, JsonObject before, JsonObject after, Edits? edits)
    {
        if (edits is null)
        {
            return null;
        }

        var next = Copy(edits);
        foreach (var field in LocalFields.Of(type).Where(field => next.ContainsKey(field.Name) && !JsonNode.DeepEquals(field.Read(before), field.Read(after))))
        {
            next.Remove(field.Name);
        }

        return Settle(next);
    }

    /// <summary>Puts back what a PUT has left out and Okta has never supplied: only what Okta supplied does it clear by silence.</summary>
    public static void Keep(ResourceType type, JsonObject before, JsonObject after, Edits? edits)
    {
        if (edits is null)
        {
            return;
        }

        foreach (var field in LocalFields.Of(type))
        {
            if (edits.TryGetValue(field.Name, out var edit) && edit.OktaValue is null && field.Read(before) is { } value && field.Read(after) is null)
            {
                field.Write(after, value);
            }
        }
    }

    private static Dictionary<string, ManualEdit> Copy(Edits? edits) => edits is null ? new(StringComparer.Ordinal) : new(edits, StringComparer.Ordinal);

    private static Dictionary<string, ManualEdit>? Settle(Dictionary<string, ManualEdit> edits) => edits.Count == 0 ? null : edits;
}
