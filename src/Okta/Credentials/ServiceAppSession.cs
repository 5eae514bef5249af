using System.Net;
using OrleansIdentity.Okta.Http;

namespace OrleansIdentity.Okta.Credentials;

/// <summary>
/// A service app in use. Okta demands DPoP of new service apps and accepts it from all, so every token is asked for with a proof; whether it is bound is what the
/// answer says. The nonces of the token endpoint and of the API are apart (RFC 9449 §8.1, §9).
/// </summary>
internal sealed class ServiceAppSession(OktaCredential.ServiceApp app, OktaOrgUrl org, TimeProvider time) : CredentialSession
{
    private const string NonceHeader = "DPoP-Nonce";

    private readonly Uri _tokenEndpoint = new(org.Origin, "/oauth2/v1/token");
    private readonly DpopKey _key = new();
    private readonly SemaphoreSlim _renewal = new(1, 1);
    private volatile AccessToken? _token;
    private volatile string? _tokenNonce;
    private volatile string? _apiNonce;

    public override IReadOnlyList<string>? GrantedScopes => _token?.Scopes;

    public override async Task<HttpResponseMessage?> AuthorizeAsync(HttpRequestMessage request, PlainSend send, CancellationToken cancellationToken)
    {
        var token = _token;
        if (token is null || time.GetUtcNow() >= token.RenewAt)
        {
            // One renewal for all who wait; whoever comes second finds the first one's token.
            await _renewal.WaitAsync(cancellationToken);
            try
            {
                token = _token;
                if ((token is null || time.GetUtcNow() >= token.RenewAt) && await RenewAsync(send, cancellationToken) is { } refusal)
                {
                    return refusal;
                }

                token = _token!;
            }
            finally
            {
                _renewal.Release();
            }
        }

        var value = token.Value.Reveal();
        request.Headers.Authorization = new(token.IsBound ? "DPoP" : "Bearer", value);
        request.Headers.Remove("DPoP");
        if (token.IsBound)
        {
            request.Headers.Add("DPoP", _key.Prove(request.Method, request.RequestUri!, value, _apiNonce, time.GetUtcNow()));
        }

        request.Options.Set(RequestKeys.Token, token);
        return null;
    }

    public override bool ShouldRepeat(HttpResponseMessage response, bool isFirst)
    {
        var asksForNonce = IsChallenge(response, NonceOf(response));
        _apiNonce = NonceOf(response) ?? _apiNonce;
        if (response.StatusCode != HttpStatusCode.Unauthorized || asksForNonce)
        {
            return asksForNonce;
        }

        // The token was revoked, or is not what it was. Whoever renewed it meanwhile keeps the new one.
        if (response.RequestMessage!.Options.TryGetValue(RequestKeys.Token, out var refused) && ReferenceEquals(refused, _token))
        {
            _token = null;
        }

        return isFirst;
    }

    private async Task<HttpResponseMessage?> RenewAsync(PlainSend send, CancellationToken cancellationToken)
    {
        var response = await AskAsync(send, cancellationToken);
        if (NonceOf(response) is { } nonce)
        {
            var isNew = nonce != _tokenNonce;
            _tokenNonce = nonce;
            if (isNew && response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized)
            {
                response.Dispose();
                response = await AskAsync(send, cancellationToken);
            }
        }

        if (response.IsSuccessStatusCode)
        {
            _token = AccessToken.Read(await response.Content.ReadAsByteArrayAsync(cancellationToken), time.GetUtcNow());
            if (_token is not null)
            {
                response.Dispose();
                return null;
            }

            // A success without a token must not pass for the answer of the call.
            response.StatusCode = HttpStatusCode.BadGateway;
        }

        return response;
    }

    private Task<HttpResponseMessage> AskAsync(PlainSend send, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var request = new HttpRequestMessage(HttpMethod.Post, _tokenEndpoint)
        {
            Content = new FormUrlEncodedContent(
            [
                new("grant_type", "client_credentials"),
                new("scope", string.Join(' ', app.Scopes)),
                new("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
                new("client_assertion", Jwt.Assertion(app.ClientId, _tokenEndpoint, app.Key.Signing, now)),
            ]),
        };
        request.Headers.Accept.Add(new("application/json"));
        request.Headers.Add("DPoP", _key.Prove(request.Method, _tokenEndpoint, null, _tokenNonce, now));
        request.Options.Set(RequestKeys.Bucket, RequestKeys.TokenBucket);
        return send(request, cancellationToken);
    }

    private bool IsChallenge(HttpResponseMessage response, string? nonce) =>
        response.StatusCode == HttpStatusCode.Unauthorized
        && nonce is not null
        && nonce != _apiNonce
        && response.Headers.WwwAuthenticate.Any(challenge => challenge.Parameter?.Contains("use_dpop_nonce", StringComparison.Ordinal) == true);

    // A nonce goes back in a signed token, so any text is harmless there; its length is the server's to abuse.
    private static string? NonceOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues(NonceHeader, out var values) && values.First() is { Length: > 0 and <= 512 } nonce ? nonce : null;

    public override void Dispose()
    {
        _key.Dispose();
        _renewal.Dispose();
    }
}
