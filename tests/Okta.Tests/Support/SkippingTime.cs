using Microsoft.Extensions.Time.Testing;

namespace OrleansIdentity.Okta.Tests.Support;

/// <summary>A clock that stands still, and jumps over every wait shorter than the time-out of an attempt: whoever waits goes on at once, at the time that was waited for.</summary>
public sealed class SkippingTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly Lock _lock = new();

    // One after the other: an advance in the middle of another one would wake nobody.
    private readonly Lock _advance = new();
    private readonly List<TimeSpan> _waits = [];

    /// <summary>Waits as long as this, or longer, are time-outs: nobody means to sit them out.</summary>
    public static TimeSpan AttemptTimeout { get; } = TimeSpan.FromSeconds(600);

    /// <summary>What was jumped over.</summary>
    public IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (_lock)
            {
                return [.. _waits];
            }
        }
    }

    /// <summary>Lets time pass, whoever else does so at the moment.</summary>
    public void Pass(TimeSpan time)
    {
        lock (_advance)
        {
            Advance(time);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero && dueTime < AttemptTimeout)
        {
            lock (_lock)
            {
                _waits.Add(dueTime);
            }

            // Not here: whoever makes the timer does not expect it to have fired already.
            _ = Task.Run(() => Pass(dueTime));
        }

        return timer;
    }
}
