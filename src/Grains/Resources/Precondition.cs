namespace OrleansIdentity.Grains.Resources;

/// <summary>Entity tags (RFC 9110 §13.1). SCIM versions are weak and compared weakly (RFC 7644 §3.14).</summary>
public static class Precondition
{
    /// <summary>The entity tag of a version: <c>W/"3"</c>.</summary>
    public static string EntityTag(long version) => $"W/\"{version}\"";

    /// <summary>Whether a list of entity tags, or <c>*</c>, names the version.</summary>
    /// <param name="header">The value of <c>If-Match</c> or <c>If-None-Match</c>.</param>
    /// <param name="version">The version that the resource has.</param>
    public static bool Names(string header, long version)
    {
        foreach (var part in header.AsSpan().Split(','))
        {
            var tag = header.AsSpan()[part].Trim();
            if (tag is "*")
            {
                return true;
            }

            tag = tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;
            if (tag.Length > 2 && tag[0] == '"' && tag[^1] == '"' && long.TryParse(tag[1..^1], out var named) && named == version)
            {
                return true;
            }
        }

        return false;
    }
}
