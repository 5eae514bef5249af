namespace OrleansIdentity.OktaSimulator.CommandLine;

/// <summary>What a script sees of a run.</summary>
internal static class ExitCodes
{
    /// <summary>Everything is as Okta needs it; every MUST passes.</summary>
    public const int AsItMustBe = 0;

    public const int Findings = 1;

    /// <summary>Wrong arguments, no server, or a token that it does not take.</summary>
    public const int CannotRun = 2;
}
