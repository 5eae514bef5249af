using OrleansIdentity.Api.Tests.Judge.Faults;
using OrleansIdentity.Api.Tests.Product;
using OrleansIdentity.OktaSimulator.Conformance;

namespace OrleansIdentity.Api.Tests.Judge.Conformance;

/// <summary>The product against the RFCs, sentence by sentence.</summary>
public sealed class ConformanceTests(FaultyProduct faulty) : IClassFixture<FaultyProduct>
{
    // What cannot be offered: on loopback there is no TLS, the schema of users has no immutable attribute, and a token stands for nobody whom /Me could mean.
    private static readonly string[] NotOffered = ["C13-tls", "W9-immutable", "M1-me"];

    [Fact]
    public async Task Run_Product_EveryMustPasses()
    {
        using var tenant = await TestTenant.CreateAsync(faulty.Product);

        var report = await ConformanceCheck.RunAsync(tenant);

        Assert.True(report.Conforms, ConformanceCheck.Text(report));
        Assert.True(report.Count(Outcome.Fail) + report.Count(Outcome.NotChecked) == 0, ConformanceCheck.Text(report));

        // Everything else was checked.
        Assert.Equal(NotOffered.Order(), ConformanceCheck.Ids(report, Outcome.NotSupported).Order());
    }

    [Fact]
    public async Task Run_TenantWithOtherData_LeavesEverythingAsItWas()
    {
        using var tenant = await TestTenant.CreateAsync(faulty.Product);
        for (var number = 0; number < 30; number++)
        {
            await tenant.Scim.CreateAsync($"other-{number}@acme.example", ("title", "Delta"), ("nickName", "zzz"));
        }

        var (users, groups) = (await ReadAsync("Users?count=100"), await ReadAsync("Groups?count=100"));

        var report = await ConformanceCheck.RunAsync(tenant);

        Assert.True(report.Conforms, ConformanceCheck.Text(report));
        Assert.Empty(report.LeftBehind);
        Assert.Equal(users, await ReadAsync("Users?count=100"));
        Assert.Equal(groups, await ReadAsync("Groups?count=100"));

        async Task<string> ReadAsync(string path) => (await tenant.Scim.GetAsync(path)).Text;
    }

    [Fact]
    public async Task Run_ServerThatDeletesNothing_SaysWhatIsLeftBehind()
    {
        using var tenant = await TestTenant.CreateAsync(faulty.Product);
        faulty.Plant(tenant, exchange => exchange.Method == "DELETE" ? Task.FromResult(FaultyAnswer.Error(405)) : exchange.ForwardAsync());

        var report = await ConformanceCheck.RunAsync(tenant);

        Assert.Contains("W12-deleted", ConformanceCheck.Ids(report, Outcome.Fail));
        Assert.Contains("W12-get", ConformanceCheck.Ids(report, Outcome.NotChecked));
        Assert.NotEmpty(report.LeftBehind);
        Assert.All(report.LeftBehind, path => Assert.Matches("^(Users|Groups)/.+", path));
    }

    [Fact]
    public async Task Run_ServerWithoutPatchAndGroups_ChecksTheRest()
    {
        using var tenant = await TestTenant.CreateAsync(faulty.Product);
        faulty.Plant(tenant, async exchange => (exchange.Endpoint, exchange.Method) switch
        {
            ("Groups", _) or (_, "PATCH") => FaultyAnswer.Error(501),
            ("ServiceProviderConfig", _) => (await exchange.ForwardAsync()).With(body => body["patch"]!["supported"] = false),
            ("ResourceTypes", _) when exchange.Id.Length == 0 =>
                (await exchange.ForwardAsync()).WithUsers(types => types.Where(type => type["name"]!.ToString() != "Group")),
            _ => await exchange.ForwardAsync(),
        });

        var report = await ConformanceCheck.RunAsync(tenant);

        Assert.True(report.Conforms, ConformanceCheck.Text(report));
        string[] areas = [.. report.Results.GroupBy(result => result.Area).Where(area => area.All(one =>
            one.Outcome == Outcome.NotSupported)).Select(area => area.Key)];
        Assert.Empty(new[] { "Groups", "PATCH: operation by target", "PATCH: the message", "PATCH: members of a group" }.Except(areas));
    }

    [Fact]
    public async Task Run_ServerWithoutDiscovery_JudgesByWhatItAnswers()
    {
        using var tenant = await TestTenant.CreateAsync(faulty.Product);
        faulty.Plant(tenant, exchange =>
            exchange.Endpoint is "ServiceProviderConfig" or "ResourceTypes" or "Schemas" or "Bulk"
                ? Task.FromResult(FaultyAnswer.Error(501)) : exchange.ForwardAsync());

        var report = await ConformanceCheck.RunAsync(tenant);

        // Bulk is refused with 501 and nowhere promised; filters and PATCH are not promised either, and work.
        Assert.Contains("D1-config", ConformanceCheck.Ids(report, Outcome.Fail));
        Assert.Contains("B5-shape", ConformanceCheck.Ids(report, Outcome.NotSupported));
        Assert.Contains("F2-eq", ConformanceCheck.Ids(report, Outcome.Pass));
        Assert.Contains("T-replace-present", ConformanceCheck.Ids(report, Outcome.Pass));
    }
}
