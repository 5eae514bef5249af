using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Users;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Grains.People;

/// <summary>The names by which a person may be called: id, Okta id, user name, e-mail address.</summary>
internal static class PersonName
{
    /// <summary>The keys of whoever may be meant. A name that fits several people means nobody: guessing would give one of them another one's place.</summary>
    public static IReadOnlyList<IndexKey> Keys(string name, bool withOktaIds)
    {
        var (exact, folded) = (name.Trim(), CaseFolding.Fold(name.Trim()));
        if (exact.Length is 0 or > IndexKey.MaxLength)
        {
            return [];
        }

        List<IndexKey> keys = [new("userName", folded, Unique: true), new("emails.value", folded, Unique: false)];
        if (Guid.TryParseExact(exact, "D", out var id))
        {
            keys.Add(new IndexKey(IndexedLookup.Id, id.ToString(), Unique: true));
        }

        if (withOktaIds)
        {
            keys.Add(new IndexKey("externalId", exact, Unique: true));
        }

        return keys;
    }

    /// <summary>What a user may be called as a manager, folded.</summary>
    public static IReadOnlyList<string> Of(string id, JsonObject attributes) =>
        [CaseFolding.Fold(id), .. UserKeys.Of(attributes).Where(key => key.Attribute is "userName" or "externalId" or "emails.value").Select(key => CaseFolding.Fold(key.Value)).Distinct()];
}
