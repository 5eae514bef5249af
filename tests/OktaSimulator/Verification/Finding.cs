namespace OrleansIdentity.OktaSimulator.Verification;

/// <summary>A way in which a server is not what Okta needs.</summary>
/// <param name="Id">Stable, for scripts and tests.</param>
/// <param name="Sentence">What is wrong, and what comes of it in Okta.</param>
public sealed record FindingKind(string Id, string Sentence);

/// <summary>One occurrence.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="App">The kind of app that was played.</param>
/// <param name="Phase">The phase of the run.</param>
/// <param name="Evidence">What was asked and what came back; without the token.</param>
public sealed record Finding(FindingKind Kind, string App, string Phase, string Evidence);
