namespace OrleansIdentity.OktaSimulator.CommandLine;

/// <summary>What a script sees of a run.</summary>
internal static class ExitCodes
{
    public const int AsOktaNeeds = 0;
    public const int Findings = 1;

    /// <summary>Wrong arguments, no server, or a token that it does not take.</summary>
    public const int CannotRun = 2;
}
