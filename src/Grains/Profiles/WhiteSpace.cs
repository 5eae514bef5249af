namespace OrleansIdentity.Grains.Profiles;

/// <summary>White space in names.</summary>
internal static class WhiteSpace
{
    /// <summary>None at either end, and one blank wherever there was some.</summary>
    public static string Collapse(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
