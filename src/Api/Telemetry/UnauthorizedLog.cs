using System.Net;

namespace OrleansIdentity.Api.Telemetry;

/// <summary>Logs refused credentials at most once a minute, with their number: whoever guesses tokens cannot fill the log with it.</summary>
internal sealed partial class UnauthorizedLog(TimeProvider time, ILogger<UnauthorizedLog> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private long _lastLine = time.GetTimestamp() - (long)(Pause.TotalSeconds * time.TimestampFrequency);
    private int _count;

    /// <summary>Counts a refusal, and logs if the last line is long enough ago.</summary>
    /// <param name="slug">The tenant that the address names.</param>
    /// <param name="address">Where the request came from.</param>
    /// <param name="correlationId">The request.</param>
    public void Record(string? slug, IPAddress? address, string correlationId)
    {
        int count;
        lock (_gate)
        {
            _count++;
            if (time.GetElapsedTime(_lastLine) < Pause)
            {
                return;
            }

            count = _count;
            _count = 0;
            _lastLine = time.GetTimestamp();
        }

        Log(count, slug, address, correlationId);
    }

    [LoggerMessage(1, LogLevel.Warning,
        "{Count} SCIM requests were refused with 401 since the last such line; the latest for tenant {Slug} from {Address}, correlation id {CorrelationId}.")]
    private partial void Log(int count, string? slug, IPAddress? address, string correlationId);
}
