using Microsoft.Extensions.Logging;

namespace OrleansIdentity.Silo.Clustering;

/// <summary>Keeps a client that starts before the silos, or while Redis is away, trying.</summary>
internal sealed partial class WaitForSilos(TimeProvider time, ILogger<WaitForSilos> logger) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        LogWaiting(exception.Message);
        await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellationToken.IsCancellationRequested;
    }

    [LoggerMessage(1, LogLevel.Warning, "No silo answers yet: {Reason} Trying again.")]
    private partial void LogWaiting(string reason);
}
