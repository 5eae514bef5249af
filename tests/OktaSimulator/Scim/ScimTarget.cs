namespace OrleansIdentity.OktaSimulator.Scim;

/// <summary>What an admin pastes into Okta.</summary>
/// <param name="BaseUrl">The SCIM base URL, with or without a slash at its end.</param>
/// <param name="Token">The bearer token, without the scheme.</param>
public sealed record ScimTarget(string BaseUrl, string Token)
{
    /// <summary>Without the token: a record that is printed must not give it away.</summary>
    public override string ToString() => BaseUrl;
}
