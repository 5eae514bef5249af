using System.Text.Json.Nodes;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Grains.Profiles;

/// <summary>Gets at values among a user's attributes. What becomes empty is removed: stored attributes have no empty objects and arrays.</summary>
internal static class AttributeAccess
{
    /// <summary>A text; null for anything else, and for one of white space alone.</summary>
    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) && !string.IsNullOrWhiteSpace(text) ? text : null;

    /// <summary>The address to write to: the primary one, else the first.</summary>
    public static JsonNode? Emails(JsonObject attributes) => Preferred(attributes, "emails", type: null)?["value"];

    /// <summary>The value of an attribute that counts: the primary one, else the first of a type, else the first.</summary>
    public static JsonObject? Preferred(JsonObject attributes, string attribute, string? type)
    {
        var values = (attributes[attribute] as JsonArray ?? []).OfType<JsonObject>().Where(value => Text(value["value"]) is not null).ToArray();
        return Array.Find(values, IsPrimary) ?? Array.Find(values, value => type is not null && IsOfType(value, type)) ?? values.FirstOrDefault();
    }

    /// <summary>The work address.</summary>
    public static JsonObject? Work(JsonObject attributes) =>
        (attributes["addresses"] as JsonArray ?? []).OfType<JsonObject>().FirstOrDefault(address => IsOfType(address, "work"));

    public static void Set(JsonObject owner, string name, JsonNode? value)
    {
        if (value is null)
        {
            owner.Remove(name);
        }
        else
        {
            owner[name] = value.DeepClone();
        }
    }

    public static void SetPart(JsonObject attributes, string owner, string part, JsonNode? value)
    {
        var parts = attributes[owner] as JsonObject ?? [];
        Set(parts, part, value);
        Place(attributes, owner, parts);
    }

    public static void WriteEmail(JsonObject attributes, JsonNode? value) => WritePreferred(attributes, "emails", type: null, value);

    public static void WritePreferred(JsonObject attributes, string attribute, string? type, JsonNode? value)
    {
        var values = attributes[attribute] as JsonArray ?? [];
        switch (Preferred(attributes, attribute, type), value)
        {
            case ({ } old, null):
                values.Remove(old);
                break;
            case ({ } old, _):
                old["value"] = value.DeepClone();
                break;
            case (null, { }):
                values.Add(new JsonObject { ["value"] = value.DeepClone(), ["type"] = type ?? "work", ["primary"] = true });
                break;
        }

        Place(attributes, attribute, values);
    }

    public static void WriteLocality(JsonObject attributes, JsonNode? value)
    {
        var addresses = attributes["addresses"] as JsonArray ?? [];
        if (Work(attributes) is { } work)
        {
            Set(work, "locality", value);
            if (work.All(part => part.Key is "type" or "primary"))
            {
                addresses.Remove(work);
            }
        }
        else if (value is not null)
        {
            addresses.Add(new JsonObject { ["locality"] = value.DeepClone(), ["type"] = "work" });
        }

        Place(attributes, "addresses", addresses);
    }

    // Whoever else the manager was said to be, in other words, is not the one that is named now.
    public static void WriteManager(JsonObject attributes, JsonNode? value) =>
        SetPart(attributes, SchemaUrns.EnterpriseUser, "manager", value is null ? null : new JsonObject { ["value"] = value.DeepClone() });

    private static void Place(JsonObject attributes, string name, JsonNode value)
    {
        if (value is JsonObject { Count: 0 } or JsonArray { Count: 0 })
        {
            attributes.Remove(name);
        }
        else if (!ReferenceEquals(attributes[name], value))
        {
            attributes[name] = value;
        }
    }

    private static bool IsPrimary(JsonObject value) => value["primary"] is JsonValue flag && flag.TryGetValue<bool>(out var isPrimary) && isPrimary;

    private static bool IsOfType(JsonObject value, string type) => Text(value["type"])?.Equals(type, StringComparison.OrdinalIgnoreCase) == true;
}
