using OrleansIdentity.OktaSimulator.Scim;

namespace OrleansIdentity.OktaSimulator.Conformance;

/// <summary>What a check found.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Reason">What was expected, or why nothing was checked.</param>
/// <param name="Evidence">The answer that it was judged by; null when there is none.</param>
internal sealed record Verdict(Outcome Outcome, string Reason, ScimAnswer? Evidence)
{
    /// <summary>Both have to pass; the first one that does not is the verdict.</summary>
    public static Verdict operator &(Verdict left, Verdict right) => left.Outcome == Outcome.Pass ? right : left;

    public static Verdict NotSupported(string reason, ScimAnswer? evidence = null) => new(Outcome.NotSupported, reason, evidence);
}

/// <summary>What a check needs could not be set up.</summary>
/// <param name="answer">The answer that stood in the way.</param>
/// <param name="wanted">What was to be set up.</param>
internal sealed class SetUpFailedException(ScimAnswer answer, string wanted) : Exception(wanted)
{
    public ScimAnswer Answer => answer;
}
