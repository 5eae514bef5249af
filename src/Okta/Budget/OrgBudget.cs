namespace OrleansIdentity.Okta.Budget;

/// <summary>One tenant's use of one org, shared by all its calls in this process.</summary>
internal sealed class OrgBudget(RateRules rules, int concurrency, Func<double> random, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private const int MostDoublings = 4;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _slots = new(concurrency, concurrency);
    private DateTimeOffset _pausedUntil;
    private int _pauses;

    /// <summary>How much is ours.</summary>
    public RateRules Rules => rules;

    /// <summary>Whether nothing is remembered that matters still.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_lock)
            {
                var now = time.GetUtcNow();
                return _pausedUntil <= now && _buckets.Values.All(bucket => bucket.InFlight == 0 && bucket.Window.Ends <= now);
            }
        }
    }

    /// <summary>What is known about a bucket.</summary>
    public RateWindow WindowOf(string bucket)
    {
        lock (_lock)
        {
            return _buckets.TryGetValue(bucket, out var known) ? known.Window : default;
        }
    }

    /// <summary>Waits for a place among the requests that are under way at once.</summary>
    public Task EnterAsync(CancellationToken cancellationToken) => _slots.WaitAsync(cancellationToken);

    /// <summary>Gives the place back.</summary>
    public void Leave() => _slots.Release();

    /// <summary>Takes one request out of a bucket, or says how long to wait.</summary>
    /// <returns>Zero when it was taken; then <see cref="Settle"/> must follow.</returns>
    public TimeSpan TryTake(string bucket)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var known = Of(bucket);
            var wait = known.Window.WaitAt(now, rules);
            wait = _pausedUntil - now > wait ? _pausedUntil - now : wait;
            if (wait > TimeSpan.Zero)
            {
                // A little later than allowed, and not all at the same moment.
                return wait + (wait * 0.05 * random());
            }

            known.Window = known.Window.Take(now, known.InFlight);
            known.InFlight++;
            return TimeSpan.Zero;
        }
    }

    /// <summary>A request that was taken has ended.</summary>
    /// <param name="bucket">Its bucket.</param>
    /// <param name="told">What the answer says, if there was one that says it.</param>
    /// <param name="isTooMany">Whether it was a 429.</param>
    public void Settle(string bucket, RateHeaders? told, bool isTooMany)
    {
        lock (_lock)
        {
            Of(bucket).InFlight--;
            Note(bucket, told, isTooMany);
        }
    }

    /// <summary>An answer of a bucket that nothing was taken from.</summary>
    public void Observe(string bucket, RateHeaders? told, bool isTooMany)
    {
        lock (_lock)
        {
            Note(bucket, told, isTooMany);
        }
    }

    private void Note(string bucket, RateHeaders? told, bool isTooMany)
    {
        var now = time.GetUtcNow();
        if (told is { IsConcurrency: true })
        {
            if (isTooMany)
            {
                var pause = FirstPause * (1 << Math.Min(_pauses++, MostDoublings)) * (1 + (0.5 * random()));
                _pausedUntil = now + pause > _pausedUntil ? now + pause : _pausedUntil;
            }

            return;
        }

        var known = Of(bucket);
        known.Window = told is { } headers ? known.Window.Learn(headers, now, known.InFlight) : known.Window;
        if (isTooMany)
        {
            known.Window = known.Window.Close(now);
        }
        else
        {
            _pauses = 0;
        }
    }

    private Bucket Of(string name)
    {
        if (!_buckets.TryGetValue(name, out var bucket))
        {
            _buckets[name] = bucket = new Bucket();
        }

        return bucket;
    }

    private sealed class Bucket
    {
        public RateWindow Window { get; set; }

        public int InFlight { get; set; }
    }
}
