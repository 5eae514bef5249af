using OrleansIdentity.Api.Tests.Judge.Faults;
using OrleansIdentity.Api.Tests.Product;
using OrleansIdentity.OktaSimulator.Conformance;

namespace OrleansIdentity.Api.Tests.Judge.Conformance;

/// <summary>The judge is judged: servers that break one sentence each, and which checks fail.</summary>
public sealed class ConformanceFaultTests(FaultyProduct faulty) : IClassFixture<FaultyProduct>
{
    public static TheoryData<string> Faults => new(ConformanceFault.All.Select(fault => fault.Name));

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Run_ServerWithAFault_FailsTheChecksNamedForItAndNoOthers(string fault)
    {
        var (number, planted) = ConformanceFault.All.Index().Single(one => one.Item.Name == fault);
        using var tenant = await TestTenant.CreateAsync(faulty.Product);
        faulty.Plant(tenant, planted.Make());

        // Of the checks that are not to fail a quarter, another one for each fault: every check is held against a quarter of the faults.
        var others = ConformanceRun.CheckIds.Where((_, check) => (check + number) % 4 == 0);
        var report = await ConformanceCheck.RunAsync(tenant, [.. planted.Expected, .. others]);

        Assert.True(
            planted.Expected.Order().SequenceEqual(ConformanceCheck.Ids(report, Outcome.Fail, Outcome.NotChecked).Order()), ConformanceCheck.Text(report));
    }

    [Fact]
    public async Task Run_SameServerWithoutAFault_FailsNothing()
    {
        using var tenant = await TestTenant.CreateAsync(faulty.Product);
        faulty.Plant(tenant, exchange => exchange.ForwardAsync());

        var report = await ConformanceCheck.RunAsync(tenant);

        Assert.True(ConformanceCheck.Ids(report, Outcome.Fail, Outcome.NotChecked).Length == 0, ConformanceCheck.Text(report));
    }
}
