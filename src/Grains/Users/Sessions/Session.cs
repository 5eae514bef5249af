namespace OrleansIdentity.Grains.Users.Sessions;

/// <summary>One sign-in that is not over, as it is stored. What a browser chose is cut and cleaned before it gets here: see <see cref="SessionLifecycle"/>.</summary>
/// <param name="Id">Its id.</param>
/// <param name="StartedAt">When (UTC).</param>
/// <param name="Method">How: <c>password</c>, <c>oidc</c> or <c>saml</c>.</param>
/// <param name="Factors">What was shown, as <c>amr</c> names it (RFC 8176).</param>
/// <param name="Address">From which address.</param>
/// <param name="UserAgent">With which browser.</param>
/// <param name="ProviderSessionId">What the identity provider calls the session (<c>sid</c>, <c>SessionIndex</c>); null without one.</param>
internal sealed record Session(
    string Id, DateTimeOffset StartedAt, string Method, string[] Factors, string Address, string UserAgent, string? ProviderSessionId);
