namespace OrleansIdentity.Api.SignIn.SignOn;

/// <summary>Whom an identity provider vouches for, whatever the protocol: all of it is verified.</summary>
/// <param name="Method">One of <see cref="Grains.Contracts.Users.SignInMethods"/>.</param>
/// <param name="OktaId">The person's id in Okta; null when the provider does not tell.</param>
/// <param name="Email">The person's e-mail address; null when the provider does not tell.</param>
/// <param name="Factors">What was shown, as <c>amr</c> names it (RFC 8176).</param>
/// <param name="IsMultiFactor">Whether the provider says that it was more than one factor.</param>
/// <param name="ProviderSessionId">What the provider calls the session; null without one.</param>
internal sealed record SignOnIdentity(string Method, string? OktaId, string? Email, string[] Factors, bool IsMultiFactor, string? ProviderSessionId);
