namespace OrleansIdentity.OktaSimulator.Management;

/// <summary>The org's clock, which may be wrong.</summary>
internal sealed class OrgClock(SimulatedOrgOptions options) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => options.Time.GetUtcNow() + options.ClockSkew;

    public override long GetTimestamp() => options.Time.GetTimestamp();

    public override long TimestampFrequency => options.Time.TimestampFrequency;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        options.Time.CreateTimer(callback, state, dueTime, period);
}
