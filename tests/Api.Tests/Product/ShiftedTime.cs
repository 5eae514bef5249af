namespace OrleansIdentity.Api.Tests.Product;

/// <summary>A clock that a test puts forward or stops; timers run as ever.</summary>
public sealed class ShiftedTime : TimeProvider
{
    private DateTimeOffset? _stopped;

    public TimeSpan Shift { get; set; }

    public override DateTimeOffset GetUtcNow() => (_stopped ?? System.GetUtcNow()) + Shift;

    /// <summary>Stops the clock until what is returned is disposed of: however slow the machine is, no time goes by but what a test puts it forward.</summary>
    public IDisposable Stop()
    {
        _stopped = System.GetUtcNow();
        return new Stopped(this);
    }

    private sealed class Stopped(ShiftedTime time) : IDisposable
    {
        public void Dispose() => time._stopped = null;
    }
}
