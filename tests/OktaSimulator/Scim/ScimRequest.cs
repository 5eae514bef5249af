using System.Text.Json.Nodes;

namespace OrleansIdentity.OktaSimulator.Scim;

/// <summary>A request below the SCIM base URL.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">Path and query, escaped, such as <c>Users?startIndex=1</c>.</param>
/// <param name="Body">The body; null for none.</param>
/// <param name="Authorization">The value of the header when it is not the target's own.</param>
internal sealed record ScimRequest(CallKind Kind, HttpMethod Method, string Path, JsonObject? Body = null, string? Authorization = null)
{
    /// <summary>The body as it is sent, when it is not to be JSON; null for <see cref="Body"/>.</summary>
    public string? Text { get; init; }

    /// <summary>Headers that differ from Okta's; one whose value is null is left out.</summary>
    public IReadOnlyList<(string Name, string? Value)> Headers { get; init; } = [];
}
