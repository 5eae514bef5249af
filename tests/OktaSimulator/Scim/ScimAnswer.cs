using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrleansIdentity.OktaSimulator.Scim;

/// <summary>An answer, read to its end, or the reason why there is none.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Status">The HTTP status; 0 when there was no answer.</param>
/// <param name="MediaType">The media type of the body.</param>
/// <param name="Headers">The headers, by name in any letter case.</param>
/// <param name="Text">The body, or why there is no answer.</param>
internal sealed record ScimAnswer(ScimRequest Request, int Status, string? MediaType, IReadOnlyDictionary<string, string> Headers, string Text)
{
    private const int ShownCharacters = 160;

    /// <summary>The body, when it is a JSON object.</summary>
    public JsonObject? Json { get; } = Status == 0 ? null : Parse(Text);

    /// <summary>The token, which must not be shown: a server, or a proxy before it, may repeat the request in its error page.</summary>
    public string? Secret { private get; init; }

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Whether the server failed. 501 is a refusal: what was asked for is not offered.</summary>
    public bool IsServerError => Status is >= 500 and not 501;

    /// <summary>Whether it is an answer at all, and not the failure of a server, whatever was asked.</summary>
    public bool IsUsable => Status > 0 && !IsServerError && (Json is not null || string.IsNullOrWhiteSpace(Text));

    public bool HasLocation => Header("Location") is not null;

    public string? Id => StringMember("id");

    public string? ScimType => StringMember("scimType");

    /// <summary>The value of a header; null when there is none.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>The answer in one line, as evidence.</summary>
    public override string ToString()
    {
        var outcome = Status == 0 ? "no answer" : Status.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var text = StringMember("detail") is { } detail ? $"{ScimType} {detail}".TrimStart() : Text;
        text = Masked(text);
        var shown = text.Length <= ShownCharacters ? text : $"{text[..ShownCharacters]}…";
        return $"{Request.Method} {Uri.UnescapeDataString(Request.Path)}: {outcome} {shown.ReplaceLineEndings(" ")}".TrimEnd();
    }

    /// <summary>What may be shown of a text that came with the answer.</summary>
    public string Masked(string text) => string.IsNullOrEmpty(Secret) ? text : text.Replace(Secret, "[token]", StringComparison.Ordinal);

    private string? StringMember(string name) => Json?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static JsonObject? Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
