using System.Text.Json.Nodes;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Resources;

/// <summary>What schemas demand of a resource as a whole (RFC 7643 §7), whichever operation made it.</summary>
internal static class SchemaRules
{
    /// <summary>400 <c>invalidValue</c> if something required has no value; null otherwise.</summary>
    public static ScimError? MissingRequired(ResourceType type, JsonObject attributes) =>
        Missing(type, attributes).FirstOrDefault() is { } missing ? MissingError(type, missing) : null;

    /// <summary>The same for what is missing afterwards and was not before: a schema may demand more than it did when the resource was made.</summary>
    public static ScimError? LostRequired(ResourceType type, JsonObject before, JsonObject after) =>
        Missing(type, after).Except(Missing(type, before), StringComparer.Ordinal).FirstOrDefault() is { } missing ? MissingError(type, missing) : null;

    /// <summary>400 <c>mutability</c> if something immutable had a value and has another one, or none; null otherwise.</summary>
    public static ScimError? ChangedImmutable(ResourceType type, JsonObject before, JsonObject after)
    {
        var error = ChangedImmutable(type.Attributes, before, after, "");
        foreach (var (schema, _) in type.Extensions)
        {
            error ??= ChangedImmutable(schema.Attributes, before[schema.Id] as JsonObject ?? [], after[schema.Id] as JsonObject ?? [], $"{schema.Id}:");
        }

        return error;
    }

    /// <summary>The same for some attributes; what stands before their names in the error is the prefix.</summary>
    public static ScimError? ChangedImmutable(IEnumerable<AttributeDefinition> attributes, JsonObject before, JsonObject after, string prefix)
    {
        foreach (var attribute in attributes)
        {
            var (old, now) = (before[attribute.Name], after[attribute.Name]);
            if (old is null)
            {
                continue;
            }

            if (attribute.Mutability == Mutability.Immutable && !ResourceDiff.AreEqual(old, now))
            {
                return ScimErrors.Mutability(
                    "immutable-attribute", $"'{prefix}{attribute.Name}' cannot be changed once it is set. Send the value that it has.");
            }

            // Values of a multi-valued attribute have no identity: each may go, and another may come.
            if (old is JsonObject was
                && now is JsonObject parts
                && ChangedImmutable(attribute.SubAttributes, was, parts, $"{prefix}{attribute.Name}.") is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private static ScimError MissingError(ResourceType type, string missing) => type.FindExtension(missing) is null
        ? ScimErrors.InvalidValue("required-attribute-missing", $"'{missing}' is required and has no value. Map it in Okta.")
        : ScimErrors.InvalidValue("required-extension-missing", $"The extension '{missing}' is required. Map its attributes in Okta.");

    // An extension that is required and not there lacks itself and what it requires (RFC 7643 §6).
    private static IEnumerable<string> Missing(ResourceType type, JsonObject attributes)
    {
        var missing = Missing(type.Attributes, attributes, "");
        foreach (var (schema, isRequired) in type.Extensions)
        {
            var given = attributes[schema.Id] as JsonObject;
            if (given is null && isRequired)
            {
                missing = missing.Append(schema.Id);
            }

            if (given is not null || isRequired)
            {
                missing = missing.Concat(Missing(schema.Attributes, given ?? [], $"{schema.Id}:"));
            }
        }

        return missing;
    }

    private static IEnumerable<string> Missing(IEnumerable<AttributeDefinition> attributes, JsonObject given, string prefix)
    {
        foreach (var attribute in attributes)
        {
            if (given[attribute.Name] is not { } value)
            {
                if (attribute is { Required: true, IsTakenFromClients: true })
                {
                    yield return prefix + attribute.Name;
                }

                continue;
            }

            var elements = value as IEnumerable<JsonNode?> ?? Enumerable.Repeat(value, 1);
            foreach (var parts in attribute.SubAttributes.IsEmpty ? [] : elements.OfType<JsonObject>())
            {
                foreach (var missing in Missing(attribute.SubAttributes, parts, $"{prefix}{attribute.Name}."))
                {
                    yield return missing;
                }
            }
        }
    }
}
