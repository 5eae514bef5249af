using System.Net;
using Microsoft.Extensions.Time.Testing;
using OrleansIdentity.OktaSimulator.Scenarios;
using OrleansIdentity.OktaSimulator.Scim;

namespace OrleansIdentity.Api.Tests.Judge;

/// <summary>How long the simulator waits: for an answer, and when it is told to come again later.</summary>
public sealed class PatienceTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Run_NoAnswerInTime_IsNoAnswer()
    {
        using var http = new HttpClient(new Stub(async cancellationToken =>
        {
            _time.Advance(TimeSpan.FromSeconds(60));
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return null!;
        }));

        var exception = await Assert.ThrowsAsync<CannotRunException>(() => RunAsync(http));

        Assert.Contains("nothing within 60 s", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_RetryAfterInSeconds_WaitsExactlySoLong()
    {
        // Everything before the pause is completed at once, so that the pause has begun when the run is given back.
        var requests = 0;
        using var http = new HttpClient(new Stub(_ => Task.FromResult(
            ++requests == 1 ? Throttled("7") : new HttpResponseMessage(HttpStatusCode.Unauthorized))));
        var run = RunAsync(http);

        _time.Advance(TimeSpan.FromSeconds(6.9));
        Assert.Equal(1, requests);
        _time.Advance(TimeSpan.FromSeconds(0.1));

        await Assert.ThrowsAsync<CannotRunException>(() => run);
        Assert.Equal(2, requests);
    }

    [Theory]
    [InlineData("301")]
    [InlineData("1.5")]
    [InlineData("Fri, 31 Dec 1999 23:59:59 GMT")]
    public async Task Run_RetryAfterThatOktaDoesNotHonour_IsAFinding(string retryAfter)
    {
        using var http = new HttpClient(new Stub(_ => Task.FromResult(Throttled(retryAfter))));

        var report = await RunAsync(http);

        Assert.Contains(report.Findings, finding => finding.Kind.Id == "throttled");
        Assert.Equal(1, Assert.Single(report.Calls).Count);
    }

    private Task<ProvisionReport> RunAsync(HttpClient http) => new ProvisionRun(http, _time).RunAsync(
        new ProvisionOptions(new ScimTarget("http://scim.example/v2/", "token")) { Apps = [OktaSimulator.Apps.AppKind.Classic] }, null, CancellationToken.None);

    private static HttpResponseMessage Throttled(string retryAfter)
    {
        var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        return response;
    }

    private sealed class Stub(Func<CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => answer(cancellationToken);
    }
}
