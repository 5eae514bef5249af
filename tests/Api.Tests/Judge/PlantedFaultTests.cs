using System.Reflection;
using OrleansIdentity.Api.Tests.Judge.Faults;
using OrleansIdentity.Api.Tests.Product;
using OrleansIdentity.OktaSimulator.Apps;
using OrleansIdentity.OktaSimulator.Verification;

namespace OrleansIdentity.Api.Tests.Judge;

/// <summary>The judge is judged: servers that are wrong in one way each, and what the simulator finds.</summary>
public sealed class PlantedFaultTests(FaultyProduct faulty) : IClassFixture<FaultyProduct>
{
    public static TheoryData<string> Faults => new(PlantedFault.All.Select(fault => fault.ToString()));

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Run_ServerWithAFault_FindsIt(string fault)
    {
        var planted = PlantedFault.All.Single(one => one.ToString() == fault);
        using var tenant = await TestTenant.CreateAsync(faulty.Product);
        faulty.Plant(tenant, planted.Plant());

        var report = await Simulation.RunAsync(Simulation.Small(tenant, planted.App));

        Assert.True(report.Findings.Any(finding => finding.Kind == planted.Expected), $"expected {planted.Expected.Id}, found:\n{Simulation.Text(report)}");
        Assert.False(report.IsAsOktaNeeds);
    }

    [Theory]
    [InlineData(AppKind.Classic)]
    [InlineData(AppKind.Catalogue)]
    public async Task Run_SameServerWithoutAFault_FindsNothing(AppKind app)
    {
        using var tenant = await TestTenant.CreateAsync(faulty.Product);
        faulty.Plant(tenant, exchange => exchange.ForwardAsync());

        var report = await Simulation.RunAsync(Simulation.Small(tenant, app));

        Assert.True(report.IsAsOktaNeeds, Simulation.Text(report));
    }

    [Fact]
    public async Task Run_ServerThatThrottlesInSeconds_WaitsAndFindsNothing()
    {
        using var tenant = await TestTenant.CreateAsync(faulty.Product);
        var count = 0;
        faulty.Plant(tenant, exchange => Interlocked.Increment(ref count) % 3 == 0
            ? Task.FromResult(FaultyAnswer.Error(429) with { RetryAfter = "0" })
            : exchange.ForwardAsync());

        var report = await Simulation.RunAsync(Simulation.Small(tenant, AppKind.Classic));

        Assert.True(report.IsAsOktaNeeds, Simulation.Text(report));
        Assert.Contains(report.Calls, call => call.Statuses.ContainsKey(429));
    }

    [Fact]
    public async Task Run_PatchAnsweredWith204_FindsNothing()
    {
        // RFC 7644 §3.5.2: "On successful completion, the server either MUST return a 200 OK response code and the entire resource […] or MAY return
        // HTTP status code 204 (No Content)".
        using var tenant = await TestTenant.CreateAsync(faulty.Product);
        faulty.Plant(tenant, async exchange =>
            await exchange.ForwardAsync() is var answer && exchange.Method == "PATCH" && answer.IsSuccess ? new FaultyAnswer(204, "") : answer);

        var report = await Simulation.RunAsync(Simulation.Small(tenant, AppKind.Catalogue));

        Assert.True(report.IsAsOktaNeeds, Simulation.Text(report));
    }

    [Fact]
    public void FindingKinds_EachHasAFaultThatIsFound()
    {
        var kinds = typeof(FindingKinds).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (FindingKind)field.GetValue(null)!).ToArray();

        Assert.Empty(kinds.Except(PlantedFault.All.Select(fault => fault.Expected)).Select(kind => kind.Id));
        Assert.Equal(kinds.Length, kinds.DistinctBy(kind => kind.Id).Count());
    }
}
