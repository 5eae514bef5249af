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
        var created = input.Attributes.DeepClone().AsObject();
        foreach (var attribute in type.Attributes)
        {
            if (attribute.Default is { } value && !created.ContainsKey(attribute.Name))
            {
                created[attribute.Name] = value;
            }
        }

        return MissingRequired(type, created) is { } error ? error : created;
    }

    /// <summary>The attributes after a PUT (RFC 7644 §3.5.1): those that were sent, and of the others those that the schema keeps.</summary>
    public static Outcome<JsonObject> Replace(ResourceType type, JsonObject current, ResourceInput input)
    {
        var replaced = input.Attributes.DeepClone().AsObject();
        foreach (var attribute in type.Attributes)
        {
            if (current[attribute.Name] is not { } before)
            {
                continue;
            }

            var after = replaced[attribute.Name];
            if (after is null && attribute.KeptWhenOmitted)
            {
                replaced[attribute.Name] = before.DeepClone();
            }
            else if (attribute.Mutability == Mutability.Immutable && !JsonNode.DeepEquals(before, after))
            {
                return ScimErrors.Mutability("immutable-attribute", $"'{attribute.Name}' cannot be changed once it is set. Send the value that it has.");
            }
        }

        return MissingRequired(type, replaced) is { } error ? error : replaced;
    }

    private static ScimError? MissingRequired(ResourceType type, JsonObject attributes)
    {
        foreach (var attribute in type.Attributes)
        {
            if (attribute.Required && attributes[attribute.Name] is null)
            {
                return ScimErrors.InvalidValue("required-attribute-missing", $"'{attribute.Name}' is required and has no value. Map it in Okta.");
            }
        }

        foreach (var extension in type.Extensions)
        {
            var given = attributes[extension.Schema.Id] as JsonObject;
            if (extension.Required && given is null)
            {
                return ScimErrors.InvalidValue("required-extension-missing", $"The extension '{extension.Schema.Id}' is required. Map its attributes in Okta.");
            }

            foreach (var attribute in extension.Schema.Attributes)
            {
                if (attribute.Required && given is not null && given[attribute.Name] is null)
                {
                    return ScimErrors.InvalidValue(
                        "required-attribute-missing", $"'{extension.Schema.Id}:{attribute.Name}' is required and has no value. Map it in Okta.");
                }
            }
        }

        return null;
    }
}
