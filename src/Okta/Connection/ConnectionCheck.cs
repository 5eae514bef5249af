using OrleansIdentity.Okta.Results;

namespace OrleansIdentity.Okta.Connection;

/// <summary>How a check ended.</summary>
public enum CheckResult
{
    Passed,

    /// <summary>It works, and something is worth a look.</summary>
    Warning,
    Failed,

    /// <summary>It was not made, since something before it failed.</summary>
    Skipped,
}

/// <summary>One check of a connection.</summary>
/// <param name="Id">A stable id in kebab case; see <see cref="CheckIds"/>.</param>
/// <param name="Result">How it ended.</param>
/// <param name="Finding">What was found, and what to do about it when it did not pass.</param>
/// <param name="ErrorId">The id of the error behind it; null when there is none.</param>
public sealed record ConnectionCheck(string Id, CheckResult Result, string Finding, string? ErrorId = null)
{
    internal static ConnectionCheck Pass(string id, string finding) => new(id, CheckResult.Passed, finding);

    internal static ConnectionCheck Warn(string id, string finding) => new(id, CheckResult.Warning, finding);

    internal static ConnectionCheck Skip(string id, string after) => new(id, CheckResult.Skipped, $"Not checked: '{after}' comes first.");

    internal static ConnectionCheck Fail(string id, OktaError error) => new(id, CheckResult.Failed, error.Message, error.Id);

    // The rate limit says nothing about what was to be found out.
    internal static ConnectionCheck Fail(string id, OktaFailure failure) => failure is OktaFailure.RateLimited
        ? Warn(id, failure.Describe().Message)
        : Fail(id, failure.Describe());
}

/// <summary>The checks.</summary>
public static class CheckIds
{
    public const string Credential = "credential";
    public const string App = "app";
    public const string AssignedUsers = "assigned-users";
    public const string Users = "users";
    public const string Groups = "groups";
    public const string Logs = "logs";
    public const string Clock = "clock";
    public const string RateLimit = "rate-limit";
    public const string Issuer = "issuer";
    public const string RedirectUri = "redirect-uri";
    public const string ClientSecret = "client-secret";
}
