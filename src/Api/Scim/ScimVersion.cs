namespace OrleansIdentity.Api.Scim;

/// <summary>The version identifier in an address (RFC 7644 §3.13): the segment before the endpoint, <c>v</c> and a number.</summary>
internal static class ScimVersion
{
    private const string Supported = "v2";

    /// <summary>Takes the version off a path below <c>/scim</c>. A path without one is about the newest version, which is the one that is supported.</summary>
    /// <param name="path">The path.</param>
    /// <param name="unsupported">The version that it names, when that is another one; null otherwise.</param>
    /// <returns>The path below the base URL.</returns>
    public static string Strip(string path, out string? unsupported)
    {
        var trimmed = path.TrimStart('/');
        var end = trimmed.IndexOf('/');
        var segment = end < 0 ? trimmed : trimmed[..end];
        unsupported = null;
        if (segment is not (['v' or 'V', .. { Length: > 0 } number]) || !number.All(letter => char.IsAsciiDigit(letter) || letter == '.'))
        {
            return path;
        }

        unsupported = segment.Equals(Supported, StringComparison.OrdinalIgnoreCase) ? null : segment;
        return end < 0 ? "" : trimmed[end..];
    }
}
