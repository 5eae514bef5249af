using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Filters;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Resources;

/// <summary>
/// Brings what clients send into the stored form: canonical names, checked types, and nothing where nothing is assigned (RFC 7643 §2.5:
/// <c>null</c>, an empty array and absence are the same; Okta also clears with an empty string).
/// </summary>
/// <param name="limits">Bounds.</param>
/// <param name="ignored">Counts what has no effect.</param>
/// <param name="keepsNulls">Whether a part of a complex attribute that is given as unassigned stays as JSON null, for PATCH to clear it.</param>
internal sealed class Normaliser(ScimLimits limits, Ignored ignored, bool keepsNulls)
{
    /// <summary>A value of an attribute; a null node means unassigned.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="value">What was sent.</param>
    /// <param name="path">Its canonical name, for errors.</param>
    public Outcome<Normalised> Value(AttributeDefinition attribute, JsonElement value, string path)
    {
        if (IsEmpty(value))
        {
            return default(Normalised);
        }

        return attribute.MultiValued ? Elements(attribute, value, path) : Single(attribute, value, path, keepsNulls);
    }

    /// <summary>The members of an object, by the attributes that they may be.</summary>
    /// <param name="find">Finds an attribute by the name that was sent.</param>
    /// <param name="value">The object.</param>
    /// <param name="prefix">What stands before the names in errors.</param>
    /// <param name="nulls">Whether unassigned members stay as JSON null.</param>
    public Outcome<JsonObject> Members(Func<string, AttributeDefinition?> find, JsonElement value, string prefix, bool nulls)
    {
        if (JsonBody.Twice(value, prefix) is { } twice)
        {
            return twice;
        }

        var result = new JsonObject();
        foreach (var member in value.EnumerateObject())
        {
            if (find(member.Name) is not { } attribute)
            {
                ignored.Add(Ignored.UnknownAttribute);
            }
            else if (!IsIgnored(attribute))
            {
                if (!Value(attribute, member.Value, prefix + attribute.Name).TryGet(out var normalised, out var error))
                {
                    return error;
                }

                if (normalised.Node is not null || nulls)
                {
                    result[attribute.Name] = normalised.Node;
                }
            }
        }

        return result;
    }

    /// <summary>Counts, and says, that an attribute is not for clients to set, or is not kept.</summary>
    public bool IsIgnored(AttributeDefinition attribute)
    {
        if (attribute.IsTakenFromClients)
        {
            return false;
        }

        ignored.Add(attribute.Mutability == Mutability.ReadOnly ? Ignored.ReadOnly : Ignored.WriteOnlyDiscarded);
        return true;
    }

    /// <summary>Whether a value means "unassigned".</summary>
    public static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => true,
        JsonValueKind.String => value.ValueEquals(""u8),
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        _ => false,
    };

    private Outcome<Normalised> Elements(AttributeDefinition attribute, JsonElement value, string path)
    {
        // A single value where an array belongs is taken as an array of one.
        if (value.ValueKind != JsonValueKind.Array)
        {
            return Element(attribute, value, path).TryGet(out var one, out var refused)
                ? new Normalised(one.Node is null ? null : new JsonArray(one.Node))
                : refused;
        }

        if (value.GetArrayLength() > limits.MaxElements)
        {
            return ScimErrors.InvalidValue("too-many-values", $"'{path}' has at most {limits.MaxElements} values. Send fewer.");
        }

        var elements = new JsonArray();
        var primaries = 0;
        foreach (var given in value.EnumerateArray())
        {
            if (!Element(attribute, given, path).TryGet(out var element, out var error))
            {
                return error;
            }

            if (element.Node is { } node)
            {
                elements.Add(node);
                primaries += IsPrimary(node) ? 1 : 0;
            }
        }

        return primaries > 1
            ? ScimErrors.InvalidValue("several-primary-values", $"'{path}' has {primaries} primary values. Mark one as primary.")
            : new Normalised(elements.Count == 0 ? null : elements);
    }

    private Outcome<Normalised> Element(AttributeDefinition attribute, JsonElement value, string path)
    {
        if (IsEmpty(value))
        {
            return default(Normalised);
        }

        if (!Single(attribute, value, path, nulls: false).TryGet(out var normalised, out var error))
        {
            return error;
        }

        // An element whose value was cleared is no element, whatever else it says.
        return attribute.Find("value") is not null
            && normalised.Node is JsonObject element
            && !element.ContainsKey("value")
            && value.ValueKind == JsonValueKind.Object
            && value.EnumerateObject().Any(member => member.Name.Equals("value", StringComparison.OrdinalIgnoreCase))
            ? default(Normalised)
            : normalised;
    }

    private Outcome<Normalised> Single(AttributeDefinition attribute, JsonElement value, string path, bool nulls)
    {
        if (attribute.Type != AttributeType.Complex)
        {
            return Scalar(attribute, value, path);
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                return Members(attribute.Find, value, path + ".", nulls).TryGet(out var parts, out var error)
                    ? new Normalised(parts.Count == 0 ? null : parts)
                    : error;
            case JsonValueKind.String when attribute.Find("value") is { } part:
                // Entra sends the bare value: "manager": "id".
                return Scalar(part, value, $"{path}.value").TryGet(out var bare, out error)
                    ? new Normalised(new JsonObject { ["value"] = bare.Node })
                    : error;
            default:
                return WrongType(attribute, path);
        }
    }

    /// <summary>One value that is not complex; of a closed attribute, in the letter case in which its schema has it.</summary>
    public static Outcome<Normalised> Scalar(AttributeDefinition attribute, JsonElement value, string path)
    {
        if (Typed(attribute, value) is not { } typed)
        {
            return WrongType(attribute, path);
        }

        if (!attribute.IsClosed)
        {
            return new Normalised(typed);
        }

        var wanted = FilterValue.Normalise(attribute, value.GetString()!);
        return attribute.CanonicalValues.FirstOrDefault(canonical => FilterValue.Normalise(attribute, canonical) == wanted) is { } found
            ? new Normalised(JsonValue.Create(found))
            : NotCanonical(attribute, path);
    }

    /// <summary>One value that is not complex, whichever values the schema suggests; null when it is of another type.</summary>
    public static JsonValue? Typed(AttributeDefinition attribute, JsonElement value) => (attribute.Type, value.ValueKind) switch
    {
        (AttributeType.String or AttributeType.Reference, JsonValueKind.String) => Keep(value),
        (AttributeType.Binary, JsonValueKind.String) when value.TryGetBytesFromBase64(out _) => Keep(value),
        (AttributeType.DateTime, JsonValueKind.String) when FilterValue.TryInstant(value.GetString()!, out _) => Keep(value),
        (AttributeType.Boolean, JsonValueKind.True or JsonValueKind.False) => Keep(value),
        (AttributeType.Boolean, JsonValueKind.String) when bool.TryParse(value.GetString(), out var flag) => JsonValue.Create(flag),
        (AttributeType.Integer, JsonValueKind.Number) when value.TryGetInt64(out _) => Keep(value),
        (AttributeType.Decimal, JsonValueKind.Number) when value.TryGetDecimal(out _) => Keep(value),
        _ => null,
    };

    private static JsonValue? Keep(JsonElement value) => JsonValue.Create(value);

    private static ScimError WrongType(AttributeDefinition attribute, string path) => ScimErrors.InvalidValue(
        "value-type", $"The value of '{path}' is not a {attribute.Type} as its schema demands. Correct the attribute mapping.");

    private static ScimError NotCanonical(AttributeDefinition attribute, string path)
    {
        const int Named = 20;
        var values = string.Join(", ", attribute.CanonicalValues.Take(Named).Select(value => $"'{ScimErrors.Shortened(value)}'"));
        var more = attribute.CanonicalValues.Length > Named ? $" or one of {attribute.CanonicalValues.Length - Named} more" : "";
        return ScimErrors.InvalidValue(
            "value-not-canonical", $"'{path}' takes {values}{more}, and nothing else. Correct the attribute mapping, or let the value be added to the schema.");
    }

    /// <summary>Whether an element of a multi-valued attribute is the primary one.</summary>
    public static bool IsPrimary(JsonNode? element) =>
        element is JsonObject parts && parts["primary"] is JsonValue value && value.TryGetValue<bool>(out var primary) && primary;
}

/// <summary>A value in the stored form.</summary>
/// <param name="Node">The value; null when it is unassigned.</param>
internal readonly record struct Normalised(JsonNode? Node);
