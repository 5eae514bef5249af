namespace OrleansIdentity.Tests.Shared;

/// <summary>A query string, taken apart as the identity provider does.</summary>
/// <param name="Values">The values, decoded.</param>
/// <param name="Signed">What stands before the signature, as it was sent.</param>
internal sealed record Query(IReadOnlyDictionary<string, string> Values, string Signed)
{
    public static Query Of(string url)
    {
        var query = url[(url.IndexOf('?', StringComparison.Ordinal) + 1)..];
        var values = query.Split('&').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));
        return new Query(values, query.Split("&Signature=")[0]);
    }
}
