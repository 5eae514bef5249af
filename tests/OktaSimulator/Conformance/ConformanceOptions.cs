using OrleansIdentity.OktaSimulator.Scim;

namespace OrleansIdentity.OktaSimulator.Conformance;

/// <summary>What to check, and where.</summary>
/// <param name="Target">The server.</param>
public sealed record ConformanceOptions(ScimTarget Target)
{
    /// <summary>The starts of the ids of the checks to run, such as <c>W</c> or <c>F2-</c>; none for all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>How long one request may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);
}
