namespace OrleansIdentity.Okta.Budget;

/// <summary>How much of a limit is ours.</summary>
/// <param name="Share">The part that is used at most.</param>
/// <param name="Reserve">The part that must remain, whoever used the rest.</param>
internal readonly record struct RateRules(double Share, double Reserve);
