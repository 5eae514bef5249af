namespace OrleansIdentity.Okta.Credentials;

/// <summary>A text that no log, message or debugger view shows.</summary>
[System.Diagnostics.DebuggerDisplay("***")]
public sealed class Secret(string value)
{
    /// <summary>The text itself. Only what sends it may ask.</summary>
    internal string Reveal() => value;

    /// <summary>Three asterisks.</summary>
    public override string ToString() => "***";
}
