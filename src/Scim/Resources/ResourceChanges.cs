using System.Text.Json.Nodes;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Resources;

/// <summary>What POST and PUT make of a resource. Attributes are in the stored form; neither argument is changed.</summary>
public static class ResourceChanges
{
    /// <summary>The attributes of a new resource (RFC 7644 §3.3).</summary>
    public static Outcome<JsonObject> Create(ResourceType type, ResourceInput input)
    {
        var created = Assigned(input.Attributes);
        foreach (var attribute in type.Attributes)
        {
            if (attribute.Default is { } value && !created.ContainsKey(attribute.Name))
            {
                created[attribute.Name] = value;
            }
        }

        return SchemaRules.MissingRequired(type, created) is { } error ? error : created;
    }

    /// <summary>The attributes after a PUT (RFC 7644 §3.5.1): those that were sent, and of the others those that the schema keeps.</summary>
    public static Outcome<JsonObject> Replace(ResourceType type, JsonObject current, ResourceInput input)
    {
        var replaced = Assigned(input.Attributes);
        foreach (var attribute in type.Attributes)
        {
            if (attribute.KeptWhenOmitted && current[attribute.Name] is { } before && !input.Attributes.ContainsKey(attribute.Name))
            {
                replaced[attribute.Name] = before.DeepClone();
            }
        }

        return (SchemaRules.ChangedImmutable(type, current, replaced) ?? SchemaRules.MissingRequired(type, replaced)) is { } error ? error : replaced;
    }

    private static JsonObject Assigned(JsonObject attributes) =>
        new(attributes.Where(member => member.Value is not null).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
}
