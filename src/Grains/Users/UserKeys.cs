using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Profiles;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Grains.Users;

/// <summary>The keys by which a user is found without a scan. <c>userName</c> and <c>externalId</c> belong to one user of a tenant at a time.</summary>
internal static class UserKeys
{
    /// <summary>The attribute of the key that says whom a user has for a manager; the value is what was sent, folded.</summary>
    public const string Manager = "manager";

    /// <summary>The attribute of the keys that say which fields of a user could not be understood.</summary>
    public const string Misfit = "misfit";

    public static IReadOnlyList<IndexKey> Of(JsonObject attributes)
    {
        var keys = new List<IndexKey>(4);
        if (Text(attributes["userName"]) is { } userName)
        {
            keys.Add(new IndexKey("userName", CaseFolding.Fold(userName), Unique: true));
        }

        if (Text(attributes["externalId"]) is { } externalId)
        {
            keys.Add(new IndexKey("externalId", externalId, Unique: true));
        }

        foreach (var email in attributes["emails"] as JsonArray ?? [])
        {
            if (Text(email?["value"]) is { } address)
            {
                var key = new IndexKey("emails.value", CaseFolding.Fold(address), Unique: false);
                if (!keys.Contains(key))
                {
                    keys.Add(key);
                }
            }
        }

        if (TeamName.Of(attributes) is { } team)
        {
            keys.Add(TeamName.Key(team));
        }

        // Misfits and managers fail nobody: what is too long to be a key is not found by one.
        var profile = ProfileMapper.Map(ResourceTypes.User, attributes);
        if (profile.OverrideManager is { Length: <= IndexKey.MaxLength } manager)
        {
            keys.Add(new IndexKey(Manager, CaseFolding.Fold(manager), Unique: false));
        }

        keys.AddRange(profile.Misfits.Select(misfit => new IndexKey(Misfit, misfit.Field, Unique: false)));
        return keys;
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
