using OrleansIdentity.Grains.Contracts.Resources;

namespace OrleansIdentity.Grains.Tests.Resources;

public sealed class ResourceIdTests
{
    private static readonly DateTimeOffset Time = new(2026, 11, 25, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void New_LaterWithinAMillisecond_IsHigher()
    {
        string[] ids = [.. Enumerable.Range(0, 20_000).Select(step => ResourceId.New(Time.AddTicks(step * 3)))];

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    // RFC 9562 §5.7: version 7, variant 10, and the milliseconds in front.
    [Fact]
    public void New_AnyTime_IsAUuidOfVersion7()
    {
        var local = ResourceId.New(Time.AddTicks(9_999).ToOffset(TimeSpan.FromHours(5)));
        var id = Guid.Parse(local);

        Assert.Equal((7, 0b10), (id.Version, id.Variant >> 2));
        Assert.Equal(Guid.CreateVersion7(Time).ToString()[..13], local[..13]);
        Assert.Equal(id.ToString("d"), local);
    }

    [Fact]
    public void New_AtOneTime_AreDifferent() => Assert.Equal(1_000, Enumerable.Range(0, 1_000).Select(_ => ResourceId.New(Time)).Distinct().Count());
}
