using OrleansIdentity.Api.Tests.Product;
using OrleansIdentity.OktaSimulator.Apps;
using OrleansIdentity.OktaSimulator.Scenarios;
using OrleansIdentity.OktaSimulator.Scim;

namespace OrleansIdentity.Api.Tests.Judge;

/// <summary>Runs the simulator in this process.</summary>
internal static class Simulation
{
    public static ProvisionOptions Options(TestTenant tenant, int seed, int users = 40) =>
        new(new ScimTarget(tenant.Scim.BaseUrl.ToString(), tenant.Token)) { Seed = seed, Users = users, Parallel = 8 };

    public static Task<ProvisionReport> RunAsync(TestTenant tenant, int seed) => RunAsync(Options(tenant, seed));

    public static async Task<ProvisionReport> RunAsync(ProvisionOptions options)
    {
        using var http = OktaHttp.CreateClient();
        return await new ProvisionRun(http, TimeProvider.System).RunAsync(options, null, CancellationToken.None);
    }

    /// <summary>The findings, one line each, for a failing test to show.</summary>
    public static string Text(ProvisionReport report) => string.Join(
        '\n',
        report.Findings.GroupBy(finding => finding.Kind.Id).Select(kind =>
            $"{kind.Key} × {kind.Count()}: {kind.First().Phase}: {kind.First().Evidence}"));

    /// <summary>One kind of app, and few people: enough to meet any fault.</summary>
    public static ProvisionOptions Small(TestTenant tenant, AppKind app) => Options(tenant, 7, users: 24) with { Apps = [app] };
}
