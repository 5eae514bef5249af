namespace OrleansIdentity.Okta;

/// <summary>Paths of the API.</summary>
internal static class OktaPath
{
    /// <summary>Makes a path out of segments; null when one is empty, too long, or would be resolved away (<c>..</c> climbs out of the API).</summary>
    public static string? To(params ReadOnlySpan<string> segments)
    {
        var path = "/api/v1";
        foreach (var segment in segments)
        {
            if (segment.Length is 0 or > 256 || segment is "." or "..")
            {
                return null;
            }

            path += $"/{Uri.EscapeDataString(segment)}";
        }

        return path;
    }
}
