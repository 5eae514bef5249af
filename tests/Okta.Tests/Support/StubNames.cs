using System.Net;
using OrleansIdentity.Okta.Outbound;

namespace OrleansIdentity.Okta.Tests.Support;

/// <summary>A name server that answers as it is told, one answer after the other; the last one stays.</summary>
internal sealed class StubNames(params IPAddress[][] answers) : INameResolver
{
    private int _asked;

    public int Asked => _asked;

    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
        Task.FromResult(answers[Math.Min(Interlocked.Increment(ref _asked), answers.Length) - 1]);
}
