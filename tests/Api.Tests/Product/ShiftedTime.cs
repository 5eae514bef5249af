namespace OrleansIdentity.Api.Tests.Product;

/// <summary>A clock that a test puts forward; timers run as ever.</summary>
public sealed class ShiftedTime : TimeProvider
{
    public TimeSpan Shift { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;
}
