using System.Net;
using OrleansIdentity.Okta.Budget;
using OrleansIdentity.Okta.Credentials;
using OrleansIdentity.Okta.Errors;
using OrleansIdentity.Okta.Results;

namespace OrleansIdentity.Okta.Http;

/// <summary>Sends the calls of one connection. Whatever happens becomes a value; only the caller's own cancellation is an exception.</summary>
internal sealed class OktaTransport(IHttpClientFactory clients, OktaConnection connection, OrgBudget budget, TimeProvider time) : IDisposable
{
    private const string Accept = "application/json";
    private const string AcceptShrunk = "application/json; okta-response=\"omitCredentials,omitCredentialsLinks,omitTransitioningToStatus\"";

    private readonly CredentialSession _session = connection.Credential.Open(connection.Org, time);

    /// <summary>What the org has granted to the credential; null when that is not known.</summary>
    public IReadOnlyList<string>? GrantedScopes => _session.GrantedScopes;

    /// <summary>When the org last answered, by its clock and by ours; null before the first answer.</summary>
    public AnswerTime? LastAnswer { get; private set; }

    /// <summary>How much of the org's limits is ours.</summary>
    public RateRules Rules => budget.Rules;

    /// <summary>What is known about the rate limit of a kind of call.</summary>
    public RateWindow WindowOf(OktaCall call) => budget.WindowOf(call.Bucket);

    /// <summary>Sends a GET to the org.</summary>
    /// <param name="call">The kind of call.</param>
    /// <param name="url">The address.</param>
    /// <param name="isContinuation">Whether the address is one that the org gave as the place where a list goes on.</param>
    /// <param name="cancellationToken">Gives the call up, with an exception.</param>
    public async Task<OktaResult<OktaReply>> GetAsync(OktaCall call, Uri url, bool isContinuation, CancellationToken cancellationToken)
    {
        // Here and nowhere else the credential gets on its way.
        if (!connection.Org.Owns(url))
        {
            return new OktaFailure.Refused(OktaErrors.ForeignCursor);
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.TryAddWithoutValidation("Accept", call.IsShrunk ? AcceptShrunk : Accept);
        request.Options.Set(RequestKeys.Session, _session);
        request.Options.Set(RequestKeys.Budget, budget);
        request.Options.Set(RequestKeys.Bucket, call.Bucket);
        try
        {
            using var client = clients.CreateClient(OktaHttp.Client);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            LastAnswer = response.Headers.Date is { } date ? new AnswerTime(date, time.GetUtcNow()) : LastAnswer;
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return new OktaReply(body, response.Headers.TryGetValues("Link", out var links) ? [.. links] : []);
            }

            return response.StatusCode == HttpStatusCode.TooManyRequests && request.Options.TryGetValue(RequestKeys.LimitedUntil, out var until)
                ? new OktaFailure.RateLimited(until)
                : AnswerFailures.Of(response.StatusCode, body, isContinuation);
        }
        catch (Exception exception) when (SendFailures.IsOne(exception))
        {
            return SendFailures.Of(exception);
        }
    }

    public void Dispose() => _session.Dispose();
}

/// <summary>One moment by two clocks.</summary>
/// <param name="Theirs">By the org's <c>Date</c>, in whole seconds.</param>
/// <param name="Ours">By this process's.</param>
internal sealed record AnswerTime(DateTimeOffset Theirs, DateTimeOffset Ours);
