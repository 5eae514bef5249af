using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OrleansIdentity.OktaSimulator.Scim;

/// <summary>How an app writes queries. Captures show both forms, and a server has to read both.</summary>
/// <param name="PlusForSpace">A space is <c>+</c>; otherwise <c>%20</c>. A plus sign is <c>%2B</c> either way.</param>
/// <param name="FilterFirst">The filter comes before <c>startIndex</c> and <c>count</c>.</param>
internal sealed record ScimQuery(bool PlusForSpace, bool FilterFirst)
{
    /// <summary>The most that a look-up asks for.</summary>
    public const int LookUpCount = 100;

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A comparison; the value is a JSON string (RFC 7644 §3.4.2.2).</summary>
    public static string Eq(string attribute, string value) => $"{attribute} eq {JsonSerializer.Serialize(value, Json)}";

    /// <summary>Path and query of a look-up.</summary>
    /// <param name="endpoint">Where, such as <c>Users</c>.</param>
    /// <param name="filter">The filter.</param>
    public string LookUp(string endpoint, string filter)
    {
        var escaped = Uri.EscapeDataString(filter);
        var written = $"filter={(PlusForSpace ? escaped.Replace("%20", "+", StringComparison.Ordinal) : escaped)}";
        return FilterFirst ? $"{endpoint}?{written}&{Slice(1, LookUpCount)}" : $"{endpoint}?{Slice(1, LookUpCount)}&{written}";
    }

    /// <summary>Path and query of a page.</summary>
    public static string Page(string endpoint, int startIndex, int count) => $"{endpoint}?{Slice(startIndex, count)}";

    private static string Slice(int startIndex, int count) => string.Create(CultureInfo.InvariantCulture, $"startIndex={startIndex}&count={count}");
}
