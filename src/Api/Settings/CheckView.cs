using OrleansIdentity.Okta.Connection;

namespace OrleansIdentity.Api.Settings;

/// <summary>One check of what was entered against Okta's own endpoints.</summary>
/// <param name="Id">Which.</param>
/// <param name="Result"><c>passed</c>, <c>warning</c>, <c>failed</c> or <c>skipped</c>.</param>
/// <param name="Finding">What was found, and what to do about it.</param>
/// <param name="ErrorId">The id of the error behind it; null without one.</param>
public sealed record CheckView(string Id, string Result, string Finding, string? ErrorId)
{
    internal static CheckView[] From(IEnumerable<ConnectionCheck> checks) =>
        [.. checks.Select(check => new CheckView(check.Id, check.Result.ToString().ToLowerInvariant(), check.Finding, check.ErrorId))];
}
