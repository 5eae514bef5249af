namespace OrleansIdentity.Saml.Responses;

/// <summary>Where to go after sign-in, as a <c>RelayState</c> says that anybody may have written.</summary>
public static class RelayState
{
    /// <summary>Longer than any path that is followed; 80 bytes is what SAML expects (bindings §3.4.3), and deep links are longer.</summary>
    public const int MaxLength = 2048;

    /// <summary>The path, query and fragment within this origin that it names; null for everything else, and then the user goes home.</summary>
    /// <remarks>
    /// It begins with one slash and is followed as it is. Refused is what a browser or a proxy could read as the name of a host or as a line of a header:
    /// another slash or a backslash at any place of the path, plain or encoded, control characters, blanks, and all that is not ASCII.
    /// </remarks>
    public static string? LocalPath(string? relayState)
    {
        if (relayState is not ['/', ..] || relayState.Length > MaxLength || relayState.Any(letter => letter is <= ' ' or > '~' or '\\'))
        {
            return null;
        }

        var path = relayState.AsSpan();
        path = path.IndexOfAny('?', '#') is var end and >= 0 ? path[..end] : path;
        return path.Contains("//", StringComparison.Ordinal) || HidesSeparator(path) || HidesControl(relayState) ? null : relayState;
    }

    private static bool HidesSeparator(ReadOnlySpan<char> path) =>
        path.Contains("%2f", StringComparison.OrdinalIgnoreCase) || path.Contains("%5c", StringComparison.OrdinalIgnoreCase);

    private static bool HidesControl(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOf('%'); at >= 0; at = text.IndexOf('%'))
        {
            text = text[(at + 1)..];
            if (text is ['0' or '1', ..] or ['7', 'f' or 'F', ..])
            {
                return true;
            }
        }

        return false;
    }
}
