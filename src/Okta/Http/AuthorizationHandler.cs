namespace OrleansIdentity.Okta.Http;

/// <summary>
/// Puts the session's credential on each request, again on each repetition: a DPoP proof is good for one. It stands inside the budget, so that a repetition for a nonce
/// or a new token is part of the same call.
/// </summary>
internal sealed class AuthorizationHandler : DelegatingHandler
{
    // Once, once more for a nonce, once more for a token that was revoked.
    private const int MostSends = 3;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.Options.TryGetValue(RequestKeys.Session, out var session))
        {
            return await base.SendAsync(request, cancellationToken);
        }

        for (var sends = 1; ; sends++)
        {
            if (await session.AuthorizeAsync(request, base.SendAsync, cancellationToken) is { } refusal)
            {
                return refusal;
            }

            var response = await base.SendAsync(request, cancellationToken);
            if (!session.ShouldRepeat(response, sends == 1) || sends == MostSends)
            {
                return response;
            }

            response.Dispose();
        }
    }
}
