namespace OrleansIdentity.OktaSimulator.Conformance;

/// <summary>What came of a check.</summary>
public enum Outcome
{
    Pass,

    /// <summary>The server does otherwise than the sentence says.</summary>
    Fail,

    /// <summary>The server says truthfully that it does not offer what the sentence is about.</summary>
    NotSupported,

    /// <summary>What the check needs could not be set up, so that nothing is known. It does not count as a pass.</summary>
    NotChecked,
}
