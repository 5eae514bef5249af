namespace OrleansIdentity.OktaSimulator.Conformance;

/// <summary>How strongly the RFC puts a sentence (RFC 2119).</summary>
public enum Level
{
    /// <summary>Without it a server does not conform.</summary>
    Must,

    /// <summary>A server needs a reason not to do it.</summary>
    Should,

    /// <summary>A server may leave it; what it offers has to work.</summary>
    May,
}
