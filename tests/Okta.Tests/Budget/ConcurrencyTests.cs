using System.Net;
using Microsoft.Extensions.Options;
using OrleansIdentity.Okta.Budget;
using OrleansIdentity.Okta.Http;

namespace OrleansIdentity.Okta.Tests.Budget;

/// <summary>How many requests to an org are under way at once.</summary>
public class ConcurrencyTests
{
    // Until the first wait everything happens in the caller's turn: after five calls it is certain who has got through.
    [Fact]
    public async Task Send_MoreThanTheConcurrency_WaitForAPlace()
    {
        var org = new HeldAnswers();
        using var handler = new BudgetHandler(Options.Create(new OktaOptions()), TimeProvider.System) { InnerHandler = org };
        using var sender = new HttpMessageInvoker(handler);
        var budget = new OrgBudget(new RateRules(0.5, 0.2), concurrency: 3, () => 0, TimeProvider.System);

        var calls = Enumerable.Range(0, 5).Select(_ => SendAsync()).ToArray();
        Assert.Equal(3, org.UnderWay);

        org.Held.SetResult();
        Assert.All(await Task.WhenAll(calls), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));

        Task<HttpResponseMessage> SendAsync()
        {
            var request = new HttpRequestMessage(HttpMethod.Get, "https://acme.okta.com/api/v1/users");
            request.Options.Set(RequestKeys.Budget, budget);
            request.Options.Set(RequestKeys.Bucket, "users");
            return sender.SendAsync(request, default);
        }
    }

    private sealed class HeldAnswers : HttpMessageHandler
    {
        public TaskCompletionSource Held { get; } = new();

        public int UnderWay { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            UnderWay++;
            await Held.Task;
            return new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request };
        }
    }
}
