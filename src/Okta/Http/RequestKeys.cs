using OrleansIdentity.Okta.Budget;
using OrleansIdentity.Okta.Credentials;

namespace OrleansIdentity.Okta.Http;

/// <summary>What a request carries with it for the handlers, and the org never sees.</summary>
internal static class RequestKeys
{
    /// <summary>The bucket of the token endpoint, which is limited apart from the API.</summary>
    public const string TokenBucket = "token";

    public static readonly HttpRequestOptionsKey<CredentialSession> Session = new("okta-session");
    public static readonly HttpRequestOptionsKey<OrgBudget> Budget = new("okta-budget");
    public static readonly HttpRequestOptionsKey<string> Bucket = new("okta-bucket");
    public static readonly HttpRequestOptionsKey<AccessToken> Token = new("okta-token");
    public static readonly HttpRequestOptionsKey<DateTimeOffset> LimitedUntil = new("okta-limited-until");
}
