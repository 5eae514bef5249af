using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using OrleansIdentity.Scim;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Grains.Profiles;

/// <summary>Edits a user's attributes in the words of the local profile: a merge patch (RFC 7396), in which null clears. Pure.</summary>
public static class ProfileEdit
{
    private const int MaxValueLength = 2_000;
    private const string CustomFields = "custom_fields";

    /// <summary>Edits.</summary>
    /// <param name="type">The type of the tenant's users.</param>
    /// <param name="before">The attributes as they are; empty for a new user. Not changed.</param>
    /// <param name="patch">The patch, UTF-8 JSON.</param>
    /// <returns>The attributes afterwards; or 400.</returns>
    public static Outcome<JsonObject> Apply(ResourceType type, JsonObject before, ReadOnlyMemory<byte> patch)
    {
        if (Parse(patch) is not { } fields)
        {
            return ScimErrors.InvalidSyntax("body-malformed", "The body must be one JSON object of local fields, in UTF-8, with no member given twice.");
        }

        var edited = before.DeepClone().AsObject();
        foreach (var (name, value) in Flatten(fields))
        {
            if (Write(type, edited, name, value) is { } error)
            {
                return error;
            }
        }

        if (AttributeAccess.Text(edited["userName"]) is null)
        {
            return ScimErrors.InvalidValue("field-required", "'user_name' must have a value. Give one.");
        }

        // Whatever was written is held against the schema, as what a directory sends is.
        edited["schemas"] = new JsonArray(type.Schema.Id);
        return ResourceInput.Read(type, Encoding.UTF8.GetBytes(edited.ToJsonString()), ScimLimits.Default).TryGet(out var input, out var refused)
            ? ResourceChanges.Replace(type, before, input)
            : refused;
    }

    /// <summary>A patch as JSON; null when it is not one object in UTF-8, with no member given twice, of text that is Unicode.</summary>
    public static JsonObject? Parse(ReadOnlyMemory<byte> patch)
    {
        try
        {
            // Names and texts are read here once: half a surrogate pair, which JSON can escape, is found now.
            return Utf8.IsValid(patch.Span)
                && JsonNode.Parse(patch.Span, null, new JsonDocumentOptions { MaxDepth = ScimLimits.Default.MaxJsonDepth, AllowDuplicateProperties = false }) is JsonObject fields
                && !fields.ToJsonString().Contains("\\u0000", StringComparison.Ordinal)
                    ? fields
                    : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Flatten(JsonObject fields) => fields.SelectMany(field =>
        field is { Key: CustomFields, Value: JsonObject custom }
            ? custom.Select(one => KeyValuePair.Create(LocalFields.CustomPrefix + one.Key, one.Value))
            : [field]);

    private static ScimError? Write(ResourceType type, JsonObject edited, string name, JsonNode? value)
    {
        if (LocalFields.Find(type, name) is not { } field)
        {
            return ScimErrors.InvalidValue(
                "field-unknown",
                $"There is no field '{(name.Length <= 100 ? name : name[..100])}' to edit. There are: {string.Join(", ", LocalFields.Common.Concat(LocalFields.Custom(type)).Select(known => known.Name))}.");
        }

        if (!name.StartsWith(LocalFields.CustomPrefix, StringComparison.Ordinal))
        {
            if (value is not null && (value.GetValueKind() != JsonValueKind.String || value.GetValue<string>().Length > MaxValueLength))
            {
                return ScimErrors.InvalidValue("field-value", $"'{name}' must be a string of at most {MaxValueLength} characters, or null to clear it.");
            }

            // White space alone is no value.
            value = AttributeAccess.Text(value)?.Trim();
            if (name == "email" && value is not null && !EmailAddress.IsOne(value.GetValue<string>()))
            {
                return ScimErrors.InvalidValue("email-invalid", "'email' is no e-mail address. Correct it.");
            }
        }

        field.Write(edited, value);
        return null;
    }
}
