namespace OrleansIdentity.Api.SignIn;

/// <summary>Where to go after signing in: a path of the tenant's own, or nothing.</summary>
internal static class ReturnTo
{
    private const int MaxLength = 2_000;

    /// <summary>The path to go to, below the tenant's root; null when what was asked for may lead anywhere else. Browsers read <c>\</c> as <c>/</c>, and pass over control characters.</summary>
    public static string? Local(string rootPath, string? asked) =>
        asked is { Length: > 0 and <= MaxLength } && asked[0] == '/' && !(asked.Length > 1 && asked[1] is '/' or '\\') && !asked.Any(char.IsControl) && !asked.Contains('\\')
            ? rootPath + asked
            : null;
}
