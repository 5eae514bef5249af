using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Grains.Users;

/// <summary>The keys by which a user is found without a scan. <c>userName</c> and <c>externalId</c> belong to one user of a tenant at a time.</summary>
internal static class UserKeys
{
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

        return keys;
    }

    /// <summary>The key of the account that is linked to a user of Okta.</summary>
    public static IndexKey OktaId(string oktaId) => new("account.oktaId", oktaId, Unique: true);

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
