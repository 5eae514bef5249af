using OrleansIdentity.Okta.Results;

namespace OrleansIdentity.Okta.Credentials;

/// <summary>How a tenant proves itself to its org.</summary>
public abstract record OktaCredential
{
    private OktaCredential()
    {
    }

    internal abstract CredentialSession Open(OktaOrgUrl org, TimeProvider time);

    /// <summary>An API token that an admin made: it may do whatever that admin may, and dies after 30 days unused.</summary>
    public sealed record ApiToken : OktaCredential
    {
        private readonly Secret _token;

        private ApiToken(Secret token) => _token = token;

        /// <summary>Reads a token as it was pasted.</summary>
        /// <returns>The credential, or <c>token-malformed</c>: a line break in it would be a header of its own.</returns>
        public static OktaResult<OktaCredential> Parse(string text)
        {
            var token = text.Trim();
            return token.Length is > 0 and <= 512 && token.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
                ? new ApiToken(new Secret(token))
                : new OktaFailure.Refused(new OktaError("token-malformed", "This is not an Okta API token: it has letters, digits, - and _ only. Paste it as Okta showed it."));
        }

        internal override CredentialSession Open(OktaOrgUrl org, TimeProvider time) => new ApiTokenSession(_token);
    }

    /// <summary>A service app (client credentials with <c>private_key_jwt</c>): it may do what its scopes and its admin role both allow.</summary>
    /// <param name="ClientId">The app's client id.</param>
    /// <param name="Key">Its private key, whose public part Okta has.</param>
    /// <param name="Scopes">The scopes to ask for; all must be granted to the app.</param>
    public sealed record ServiceApp(string ClientId, ClientKey Key, IReadOnlyList<string> Scopes) : OktaCredential
    {
        internal override CredentialSession Open(OktaOrgUrl org, TimeProvider time) => new ServiceAppSession(this, org, time);
    }
}
