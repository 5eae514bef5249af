using System.Net;

namespace OrleansIdentity.Storage.Tests.AzureTables;

/// <summary>The network between a store and its account. A fault meets the next transaction, and is then gone.</summary>
public sealed class Faults() : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly Queue<Func<HttpRequestMessage, Func<Task<HttpResponseMessage>>, Task<HttpResponseMessage>>> _faults = new();

    /// <summary>How many transactions were sent.</summary>
    public int Transactions { get; private set; }

    /// <summary>The service carries it out, and the answer does not arrive.</summary>
    /// <param name="meanwhile">What happens before the sender notices.</param>
    public void LoseAnswer(Func<Task>? meanwhile = null) => _faults.Enqueue(async (_, send) =>
    {
        (await send()).Dispose();
        await (meanwhile?.Invoke() ?? Task.CompletedTask);
        throw new HttpRequestException("The connection was reset.");
    });

    /// <summary>Something happens before it is sent.</summary>
    public void Hold(Func<Task> before) => _faults.Enqueue(async (_, send) =>
    {
        await before();
        return await send();
    });

    /// <summary>The service refuses it.</summary>
    public void Refuse(HttpStatusCode status, int? retryAfterSeconds = null) => _faults.Enqueue((request, _) =>
    {
        var answer = new HttpResponseMessage(status) { RequestMessage = request, Content = new StringContent("") };
        if (retryAfterSeconds is { } seconds)
        {
            answer.Headers.TryAddWithoutValidation("Retry-After", $"{seconds}");
        }

        return Task.FromResult(answer);
    });

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.RequestUri!.AbsolutePath.EndsWith("$batch", StringComparison.Ordinal))
        {
            return await base.SendAsync(request, cancellationToken);
        }

        Transactions++;
        return _faults.TryDequeue(out var fault)
            ? await fault(request, () => base.SendAsync(request, cancellationToken))
            : await base.SendAsync(request, cancellationToken);
    }
}

/// <summary>Time in which every wait is over at once, and is remembered.</summary>
public sealed class Hurry : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<TimeSpan> _waits = [];

    /// <summary>How long the waits would have been.</summary>
    public IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (_gate)
            {
                return [.. _waits];
            }
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            _waits.Add(dueTime);
        }

        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
