namespace OrleansIdentity.OktaSimulator.Conformance;

/// <summary>What came of a run.</summary>
/// <param name="Server">The base URL.</param>
/// <param name="Results">Every check, in order.</param>
/// <param name="LeftBehind">The paths of what was created and could not be deleted.</param>
/// <param name="Calls">How many requests it took.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record ConformanceReport(
    string Server, IReadOnlyList<CheckResult> Results, IReadOnlyList<string> LeftBehind, int Calls, TimeSpan Elapsed)
{
    /// <summary>Whether no MUST failed, and none was left unchecked.</summary>
    public bool Conforms => !Results.Any(result => result is { Level: Level.Must, Outcome: Outcome.Fail or Outcome.NotChecked });

    public int Count(Outcome outcome, Level? level = null) =>
        Results.Count(result => result.Outcome == outcome && (level is null || result.Level == level));
}

/// <summary>What came of one check.</summary>
/// <param name="Id">The check.</param>
/// <param name="Area">What it is about.</param>
/// <param name="Section">Where the sentence is.</param>
/// <param name="Level">How strongly it is put.</param>
/// <param name="Sentence">What it says.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Reason">What was expected, or why nothing was checked; empty after a pass.</param>
/// <param name="Evidence">The exchange that it was judged by; null when there is none.</param>
public sealed record CheckResult(
    string Id, string Area, string Section, Level Level, string Sentence, Outcome Outcome, string Reason, Evidence? Evidence);

/// <summary>An exchange, as far as it can be shown: without the token, and without passwords.</summary>
/// <param name="Request">The request line.</param>
/// <param name="Sent">The beginning of the body that was sent; null for none.</param>
/// <param name="Status">The HTTP status; 0 when there was no answer.</param>
/// <param name="Excerpt">The beginning of the body that came back, or why none did.</param>
public sealed record Evidence(string Request, string? Sent, int Status, string Excerpt);

/// <summary>How far a run is.</summary>
/// <param name="Area">What is being checked.</param>
/// <param name="Done">How many checks are done.</param>
/// <param name="Of">How many there are.</param>
public sealed record ConformanceProgress(string Area, int Done, int Of);
