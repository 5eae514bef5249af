using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Scim;

namespace OrleansIdentity.OktaSimulator.Conformance;

/// <summary>Makes users that a server must accept: what nearly every server has, without what its schema lacks, and with what its schema requires.</summary>
internal static class UserTemplate
{
    public static JsonObject Create(ServerOffer offer, string name, Action<JsonObject>? change)
    {
        var userName = $"{name}@conformance.example";
        var user = new JsonObject
        {
            ["schemas"] = new JsonArray(ScimUrns.User),
            ["userName"] = userName,
            ["name"] = new JsonObject { ["givenName"] = "Ann", ["familyName"] = "Lee" },
            ["displayName"] = $"Ann {name}",
            ["emails"] = new JsonArray(new JsonObject { ["value"] = userName, ["type"] = "work", ["primary"] = true }),
            ["active"] = true,
        };
        foreach (var absent in user.Select(member => member.Key).Where(member => member != "schemas" && !offer.Has(member)).ToArray())
        {
            user.Remove(absent);
        }

        AddRequired(user, offer.UserSchema, name);
        foreach (var extension in offer.RequiredExtensions)
        {
            var urn = extension.Text("id")!;
            user["schemas"]!.AsArray().Add((JsonNode)urn);
            var values = new JsonObject();
            AddRequired(values, extension, name);
            user[urn] = values;
        }

        change?.Invoke(user);
        return user;
    }

    private static void AddRequired(JsonObject target, JsonObject? schema, string name)
    {
        foreach (var attribute in (schema.At("attributes") as JsonArray ?? []).OfType<JsonObject>())
        {
            if (attribute.At("required")?.ToString() == "true"
                && attribute.Text("mutability") != "readOnly"
                && attribute.Text("name") is { } required
                && !target.ContainsKey(required))
            {
                target[required] = Value(attribute, name);
            }
        }
    }

    private static JsonNode? Value(JsonObject attribute, string name)
    {
        JsonNode? value = attribute.Text("type")?.ToLowerInvariant() switch
        {
            "boolean" => true,
            "integer" or "decimal" => 1,
            "datetime" => "2020-01-01T00:00:00Z",
            "reference" => $"https://conformance.example/{name}",
            "binary" => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(name)),
            "complex" => Complex(attribute, name),
            _ => (attribute.At("canonicalValues") as JsonArray)?.FirstOrDefault()?.DeepClone() ?? name,
        };
        return attribute.At("multiValued")?.ToString() == "true" ? new JsonArray(value) : value;
    }

    private static JsonObject Complex(JsonObject attribute, string name)
    {
        var values = new JsonObject();
        foreach (var part in (attribute.At("subAttributes") as JsonArray ?? []).OfType<JsonObject>())
        {
            if (part.At("required")?.ToString() == "true" || part.Text("name") == "value")
            {
                values[part.Text("name")!] = Value(part, name);
            }
        }

        return values;
    }
}
