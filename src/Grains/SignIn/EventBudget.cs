namespace OrleansIdentity.Grains.SignIn;

/// <summary>How many events may be written: so many at once, and so many a minute in the long run.</summary>
/// <param name="perMinute">Both numbers.</param>
/// <param name="start">Now (UTC).</param>
internal sealed class EventBudget(int perMinute, DateTimeOffset start)
{
    private double _left = perMinute;
    private DateTimeOffset _at = start;

    /// <summary>Takes the price of one event; false when there is nothing left.</summary>
    public bool TryTake(DateTimeOffset now)
    {
        if (now > _at)
        {
            _left = Math.Min(perMinute, _left + ((now - _at).TotalMinutes * perMinute));
            _at = now;
        }

        if (_left < 1)
        {
            return false;
        }

        _left--;
        return true;
    }
}
