using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OrleansIdentity.Api.Hosting;

namespace OrleansIdentity.Api.Settings;

/// <summary>
/// Reads what is to be set. Not by the framework, which would read it before the door has looked who asks, and would say nothing of a member that it does not know: a
/// misspelled one must not look as if it had been set.
/// </summary>
internal static class SettingsBody
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        MaxDepth = 16,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>Reads a body of JSON.</summary>
    /// <returns>What it says, or why it cannot be read.</returns>
    public static async Task<(T? Value, IResult? Refused)> ReadAsync<T>(HttpContext http, CancellationToken deadline)
        where T : class
    {
        if (!http.Request.HasJsonContentType())
        {
            return (null, Problem.From(415, "media-type-unsupported", "The body must be JSON. Set Content-Type to application/json."));
        }

        try
        {
            using var document = await JsonDocument.ParseAsync(http.Request.Body, new JsonDocumentOptions { MaxDepth = Strict.MaxDepth, AllowDuplicateProperties = false }, deadline);
            var unknown = Unknown(document.RootElement, Strict.GetTypeInfo(typeof(T)), "").ToArray();
            return unknown.Length > 0
                ? (null, Problem.From(400, "settings-unknown-member", $"There is no setting {string.Join(", ", unknown.Select(name => $"'{name}'"))}. Nothing was changed. See settings-v1.json."))
                : document.Deserialize<T>(Strict) is { } value
                    ? (value, null)
                    : (null, Problem.From(400, "settings-malformed", "The body is null. Send the JSON object that this call takes."));
        }
        catch (JsonException exception)
        {
            var place = exception.Path is { Length: > 1 } path ? $" at '{path}'" : "";
            return (null, Problem.From(400, "settings-malformed", $"The body is not the JSON object that this call takes{place}. Nothing was changed. See settings-v1.json."));
        }
    }

    private static IEnumerable<string> Unknown(JsonElement element, JsonTypeInfo type, string prefix)
    {
        if (element.ValueKind != JsonValueKind.Object || type.Kind != JsonTypeInfoKind.Object)
        {
            yield break;
        }

        foreach (var member in element.EnumerateObject())
        {
            var known = type.Properties.FirstOrDefault(property => property.Name == member.Name);
            if (known is null)
            {
                yield return prefix + member.Name;
                continue;
            }

            foreach (var inner in Unknown(member.Value, Strict.GetTypeInfo(known.PropertyType), $"{prefix}{member.Name}."))
            {
                yield return inner;
            }
        }
    }
}
