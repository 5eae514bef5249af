using System.Net;

namespace OrleansIdentity.Okta.Credentials;

/// <summary>Sends a request as it is, without putting a credential on it.</summary>
internal delegate Task<HttpResponseMessage> PlainSend(HttpRequestMessage request, CancellationToken cancellationToken);

/// <summary>A credential in use: tokens, nonces and keys as they are now. Calls may be parallel.</summary>
internal abstract class CredentialSession : IDisposable
{
    /// <summary>What the org has granted; null when that is not known.</summary>
    public virtual IReadOnlyList<string>? GrantedScopes => null;

    /// <summary>Puts the credential on a request.</summary>
    /// <returns>Null, or the answer of the token endpoint when it gave no token.</returns>
    public abstract Task<HttpResponseMessage?> AuthorizeAsync(HttpRequestMessage request, PlainSend send, CancellationToken cancellationToken);

    /// <summary>Learns from an answer, and tells whether the request may succeed when it is sent again.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="isFirst">Whether the request was sent for the first time.</param>
    public abstract bool ShouldRepeat(HttpResponseMessage response, bool isFirst);

    public virtual void Dispose()
    {
    }
}

/// <summary>An API token: nothing to learn, nothing to renew.</summary>
internal sealed class ApiTokenSession(Secret token) : CredentialSession
{
    public override Task<HttpResponseMessage?> AuthorizeAsync(HttpRequestMessage request, PlainSend send, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new("SSWS", token.Reveal());
        return Task.FromResult<HttpResponseMessage?>(null);
    }

    public override bool ShouldRepeat(HttpResponseMessage response, bool isFirst) => false;
}
