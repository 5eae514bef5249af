namespace OrleansIdentity.Saml.Responses;

/// <summary>The request that a browser took to the identity provider and whose answer it has not yet brought.</summary>
/// <param name="Id">Its id.</param>
/// <param name="IssuedAt">When it was made.</param>
/// <param name="ForceAuthn">Whether a fresh sign-in was asked for.</param>
/// <param name="AuthnContexts">The authentication contexts one of which was asked for; empty for any.</param>
public sealed record PendingRequest(string Id, DateTimeOffset IssuedAt, bool ForceAuthn, IReadOnlyList<string> AuthnContexts);
