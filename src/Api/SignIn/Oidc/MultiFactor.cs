namespace OrleansIdentity.Api.SignIn.Oidc;

/// <summary>How Okta is asked for more than one factor, and how it says that there were.</summary>
internal static class MultiFactor
{
    /// <summary>The <c>acr_values</c> to send: any two factors.</summary>
    public const string Asked = "urn:okta:loa:2fa:any";

    /// <summary>Whether an ID token says so: by <c>amr</c>, or by an <c>acr</c> that only two factors, or one that cannot be phished, give.</summary>
    public static bool IsShown(IEnumerable<string> amr, string? acr) => amr.Contains("mfa", StringComparer.Ordinal) || acr is Asked or "phr" or "phrh";

    /// <summary>Whether the sign-in was not longer ago than was asked for (OpenID Connect Core 1.0 §3.1.2.1): a provider that leaves <c>auth_time</c> out has not said so.</summary>
    public static bool IsRecent(string? authTime, TimeSpan maxAge, DateTimeOffset now) =>
        long.TryParse(authTime, System.Globalization.CultureInfo.InvariantCulture, out var seconds)
        && seconds is > 0 and < 253_402_300_800
        && DateTimeOffset.FromUnixTimeSeconds(seconds) is var at && at <= now + Skew && at + maxAge >= now - Skew;

    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);
}
