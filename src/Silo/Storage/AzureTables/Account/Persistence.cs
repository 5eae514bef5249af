using System.Globalization;
using Azure;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Silo.Storage.AzureTables.Account;

/// <summary>Repeats what may be repeated, with growing pauses and a bound. For requests that leave the same behind however often they are carried out.</summary>
internal sealed class Persistence(AzureStorageOptions options, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>Makes the request until it is answered.</summary>
    /// <exception cref="StoreUnavailableException">It never was.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await request(cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested && IsPassing(exception) && attempt < options.MaxAttempts)
            {
                await PauseAsync(attempt, exception, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested && exception is not OutOfMemoryException)
            {
                throw Unavailable(exception);
            }
        }
    }

    /// <summary>Waits before the next attempt: longer each time, and as long as the service asks for.</summary>
    /// <param name="attempt">How many attempts have failed.</param>
    /// <param name="exception">How the last one failed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task PauseAsync(int attempt, Exception exception, CancellationToken cancellationToken)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(attempt - 1, 10));
        if (Asked(exception) is { } asked && asked > pause)
        {
            pause = asked;
        }

        return Task.Delay(pause < LongestPause ? pause : LongestPause, time, cancellationToken);
    }

    /// <summary>Whether the same request may be answered another time: throttled, overloaded, timed out, cut off.</summary>
    public static bool IsPassing(Exception exception) => exception switch
    {
        RequestFailedException { Status: 0 or 408 or 429 or >= 500 } => true,
        OperationCanceledException or IOException or TimeoutException => true,
        AggregateException several => several.InnerExceptions.All(IsPassing),
        _ => false,
    };

    /// <summary>The failure as the port has it.</summary>
    public static StoreUnavailableException Unavailable(Exception exception) => exception switch
    {
        StoreUnavailableException already => already,
        RequestFailedException { Status: > 0 } refused => new StoreUnavailableException($"Azure Storage answered {refused.Status} {refused.ErrorCode}.", refused),
        _ => new StoreUnavailableException("Azure Storage did not answer.", exception),
    };

    private TimeSpan? Asked(Exception exception)
    {
        if (exception is not RequestFailedException failed || failed.GetRawResponse()?.Headers.TryGetValue("Retry-After", out var text) != true)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(seconds);
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var moment) ? moment - time.GetUtcNow() : null;
    }
}
