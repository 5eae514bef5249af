using System.Net;
using Microsoft.Extensions.Options;
using OrleansIdentity.Okta.Budget;

namespace OrleansIdentity.Okta.Http;

/// <summary>Holds requests back until the tenant's budget has room, and repeats what the org refused for its rate, both within a patience.</summary>
internal sealed class BudgetHandler(IOptions<OktaOptions> options, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.Options.TryGetValue(RequestKeys.Budget, out var budget) || !request.Options.TryGetValue(RequestKeys.Bucket, out var bucket))
        {
            return await base.SendAsync(request, cancellationToken);
        }

        var patience = time.GetUtcNow().AddSeconds(options.Value.PatienceSeconds);
        while (true)
        {
            await budget.EnterAsync(cancellationToken);
            TimeSpan wait;
            try
            {
                wait = budget.TryTake(bucket);
                if (wait == TimeSpan.Zero)
                {
                    var response = await SendTakenAsync(request, budget, bucket, cancellationToken);
                    if (response.StatusCode != HttpStatusCode.TooManyRequests)
                    {
                        return response;
                    }

                    response.Dispose();
                    continue;
                }
            }
            finally
            {
                budget.Leave();
            }

            if (time.GetUtcNow() + wait > patience)
            {
                return Limited(request, time.GetUtcNow() + wait);
            }

            await Task.Delay(wait, time, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> SendTakenAsync(HttpRequestMessage request, OrgBudget budget, string bucket, CancellationToken cancellationToken)
    {
        RateHeaders? told = null;
        var isTooMany = false;
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            var (headers, status) = (RateHeaders.Read(response.Headers, time.GetUtcNow()), response.StatusCode == HttpStatusCode.TooManyRequests);
            if (response.RequestMessage?.Options.TryGetValue(RequestKeys.Bucket, out var answered) == true && answered != bucket)
            {
                // The token endpoint answered instead, and spoke of its own bucket; there is no going on without it either way.
                budget.Observe(answered, headers, status);
                isTooMany = status;
                return response;
            }

            (told, isTooMany) = (headers, status);
            return response;
        }
        finally
        {
            budget.Settle(bucket, told, isTooMany);
        }
    }

    private static HttpResponseMessage Limited(HttpRequestMessage request, DateTimeOffset until)
    {
        request.Options.Set(RequestKeys.LimitedUntil, until);
        return new HttpResponseMessage(HttpStatusCode.TooManyRequests) { RequestMessage = request };
    }
}
