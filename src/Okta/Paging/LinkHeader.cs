namespace OrleansIdentity.Okta.Paging;

/// <summary>The <c>Link</c> header (RFC 8288), which Okta sends as several header lines.</summary>
internal static class LinkHeader
{
    /// <summary>The target of the first link with a relation.</summary>
    /// <param name="lines">All values of all lines.</param>
    /// <param name="relation">The relation, such as <c>next</c>.</param>
    /// <returns>The target as it stands there, or null.</returns>
    public static string? Find(IEnumerable<string> lines, string relation)
    {
        foreach (var line in lines)
        {
            for (var rest = line.AsSpan(); Read(ref rest, out var target, out var relations);)
            {
                foreach (var range in relations.Split(' '))
                {
                    if (relations[range].Equals(relation, StringComparison.OrdinalIgnoreCase))
                    {
                        return target.ToString();
                    }
                }
            }
        }

        return null;
    }

    // One link: <target> *( ";" parameter ). Commas and semicolons may stand in the target and in quoted values, and mean nothing there.
    private static bool Read(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> target, out ReadOnlySpan<char> relations)
    {
        target = relations = default;
        var open = rest.IndexOf('<');
        var length = open < 0 ? -1 : rest[open..].IndexOf('>');
        if (length < 0)
        {
            return false;
        }

        target = rest.Slice(open + 1, length - 1).Trim();
        rest = rest[(open + length + 1)..];
        var seen = false;
        while (rest.TrimStart() is [';', ..] left)
        {
            rest = left[1..];
            var name = Take(ref rest, "=;,").Trim();
            var value = rest is ['=', ..] ? TakeValue(ref rest) : default;
            if (!seen && name.Equals("rel", StringComparison.OrdinalIgnoreCase))
            {
                relations = value;
                seen = true;
            }
        }

        return true;
    }

    private static ReadOnlySpan<char> TakeValue(ref ReadOnlySpan<char> rest)
    {
        rest = rest[1..].TrimStart();
        if (rest is not ['"', ..])
        {
            return Take(ref rest, ";,").Trim();
        }

        var end = 1;
        while (end < rest.Length && rest[end] != '"')
        {
            end += rest[end] == '\\' ? 2 : 1;
        }

        end = Math.Min(end, rest.Length);
        var value = rest[1..end];
        rest = rest[Math.Min(end + 1, rest.Length)..];
        return value;
    }

    private static ReadOnlySpan<char> Take(ref ReadOnlySpan<char> rest, string until)
    {
        var end = rest.IndexOfAny(until);
        var taken = end < 0 ? rest : rest[..end];
        rest = end < 0 ? [] : rest[end..];
        return taken;
    }
}
