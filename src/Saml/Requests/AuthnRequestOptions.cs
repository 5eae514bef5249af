namespace OrleansIdentity.Saml.Requests;

/// <summary>What a request asks for beyond a sign-in.</summary>
public sealed record AuthnRequestOptions
{
    /// <summary>Nothing beyond it.</summary>
    public static AuthnRequestOptions Default { get; } = new();

    /// <summary>Whether the user must sign in afresh, whatever session there is.</summary>
    public bool ForceAuthn { get; init; }

    /// <summary>The authentication contexts one of which is asked for, exactly; empty for any.</summary>
    public IReadOnlyList<string> AuthnContexts { get; init; } = [];

    /// <summary>The format of the name that is asked for; null for what the identity provider is set to.</summary>
    public string? NameIdFormat { get; init; }
}
