using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using OrleansIdentity.Scim.Errors;

namespace OrleansIdentity.Scim.Resources;

/// <summary>Reads a request body as JSON that the engine can work with.</summary>
internal static class JsonBody
{
    /// <summary>An object; or 400 <c>invalidSyntax</c>, or <c>invalidValue</c> for text that is no Unicode.</summary>
    public static Outcome<JsonElement> Parse(ReadOnlyMemory<byte> utf8Json, ScimLimits limits)
    {
        // The reader looks at the bytes of a text only when it is asked for the text.
        if (!Utf8.IsValid(utf8Json.Span))
        {
            return ScimErrors.InvalidSyntax("body-malformed", "The body is not UTF-8. Send JSON in UTF-8.");
        }

        JsonElement root;
        try
        {
            var options = new JsonDocumentOptions { MaxDepth = limits.MaxJsonDepth, AllowDuplicateProperties = false };
            using var document = JsonDocument.Parse(utf8Json, options);
            root = document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            return ScimErrors.InvalidSyntax(
                "body-malformed", $"The body is not JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}, or a member is given twice.");
        }
        catch (InvalidOperationException)
        {
            // Looking for duplicates, it unescapes the names of members.
            return NotUnicode();
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            return ScimErrors.InvalidSyntax("body-not-an-object", "The body must be a JSON object.");
        }

        // Only an escape can bring in half a surrogate pair or a NUL: most bodies have none.
        return utf8Json.Span.IndexOf("\\u"u8) < 0 || IsUnicode(root)
            ? root
            : NotUnicode();
    }

    /// <summary>
    /// An object that is kept as it is, since no schema describes it; or 400 <c>invalidValue</c> for a number beyond those that RFC 8259 §6 calls
    /// interoperable, which could not even be compared with another.
    /// </summary>
    public static Outcome<JsonObject> Opaque(JsonElement value, string name) => IsFinite(value)
        ? JsonObject.Create(value)!
        : ScimErrors.InvalidValue(
            "number-out-of-range", $"'{ScimErrors.Shortened(name)}' has a number that is out of the range of a double. Send it as a string.");

    /// <summary>Whether <c>schemas</c> is an array of strings with at least one in it (RFC 7643 §3).</summary>
    public static bool HasSchemas(JsonElement root, out JsonElement schemas)
    {
        foreach (var member in root.EnumerateObject())
        {
            if (member.Name.Equals("schemas", StringComparison.OrdinalIgnoreCase))
            {
                schemas = member.Value;
                return schemas.ValueKind == JsonValueKind.Array
                    && schemas.GetArrayLength() > 0
                    && schemas.EnumerateArray().All(urn => urn.ValueKind == JsonValueKind.String);
            }
        }

        schemas = default;
        return false;
    }

    /// <summary>Whether <c>schemas</c> names a message.</summary>
    public static bool Names(JsonElement root, string urn) => HasSchemas(root, out var schemas)
        && schemas.EnumerateArray().Any(named => named.GetString()!.Equals(urn, StringComparison.OrdinalIgnoreCase));

    /// <summary>A member by name, in any letter case.</summary>
    public static JsonElement? Member(JsonElement value, string name)
    {
        foreach (var member in value.EnumerateObject())
        {
            if (member.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return member.Value;
            }
        }

        return null;
    }

    /// <summary>400 for a member of an object that is there twice, in whatever letter case; null when there is none.</summary>
    /// <param name="value">The object.</param>
    /// <param name="prefix">What stands before its members' names in the error.</param>
    public static ScimError? Twice(JsonElement value, string prefix = "")
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in value.EnumerateObject())
        {
            if (!seen.Add(member.Name))
            {
                return ScimErrors.InvalidSyntax(
                    "member-given-twice", $"'{prefix}{ScimErrors.Shortened(member.Name)}' is given twice, perhaps in different letter case. Give it once.");
            }
        }

        return null;
    }

    /// <summary>Whether no text in it has half a surrogate pair, or NUL.</summary>
    public static bool IsUnicode(JsonElement element)
    {
        try
        {
            return element.ValueKind switch
            {
                JsonValueKind.String => !element.GetString()!.Contains('\0'),
                JsonValueKind.Array => element.EnumerateArray().All(IsUnicode),
                JsonValueKind.Object => element.EnumerateObject().All(member => !member.Name.Contains('\0') && IsUnicode(member.Value)),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            // How System.Text.Json says that it cannot make a string of an unpaired surrogate.
            return false;
        }
    }

    private static bool IsFinite(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => element.TryGetDouble(out var number) && double.IsFinite(number),
        JsonValueKind.Array => element.EnumerateArray().All(IsFinite),
        JsonValueKind.Object => element.EnumerateObject().All(member => IsFinite(member.Value)),
        _ => true,
    };

    private static ScimError NotUnicode() =>
        ScimErrors.InvalidValue("body-not-unicode", "The body has an escape that is half a surrogate pair, or NUL. Send text that is Unicode.");
}
