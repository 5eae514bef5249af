using OrleansIdentity.OktaSimulator.Scim;
using OrleansIdentity.OktaSimulator.Verification;

namespace OrleansIdentity.OktaSimulator.Scenarios;

/// <summary>What came of a run.</summary>
/// <param name="Calls">All calls, by kind.</param>
/// <param name="Findings">What is not as Okta needs it.</param>
/// <param name="EndStates">What each app left behind.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record ProvisionReport(
    IReadOnlyList<CallSummary> Calls, IReadOnlyList<Finding> Findings, IReadOnlyList<EndState> EndStates, TimeSpan Elapsed)
{
    /// <summary>Whether everything is as Okta needs it.</summary>
    public bool IsAsOktaNeeds => Findings.Count == 0;
}

/// <summary>What an app left behind, and how much of it was verified: by id, by look-up and in a whole import.</summary>
/// <param name="App">The kind of app.</param>
/// <param name="Users">Accounts that must be there.</param>
/// <param name="Verified">Accounts that are there as they must be.</param>
/// <param name="Active">Verified ones that are active.</param>
/// <param name="Deactivated">Verified ones that are not.</param>
/// <param name="Linked">Verified ones that somebody else had made.</param>
/// <param name="Renamed">Verified ones that have another name than at first.</param>
/// <param name="Deleted">Accounts that somebody else deleted during an import.</param>
/// <param name="Groups">Groups that are there as they must be, with their members.</param>
public sealed record EndState(string App, int Users, int Verified, int Active, int Deactivated, int Linked, int Renamed, int Deleted, int Groups);

/// <summary>How far a run is.</summary>
/// <param name="App">The kind of app.</param>
/// <param name="Phase">The phase.</param>
/// <param name="Share">How much of the app's run is done, from 0 to 1.</param>
public sealed record ProvisionProgress(string App, string Phase, double Share);

/// <summary>The run could not take place. The message says what to do.</summary>
public sealed class CannotRunException(string message) : Exception(message);
