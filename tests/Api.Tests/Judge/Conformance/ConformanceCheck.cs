using OrleansIdentity.Api.Tests.Product;
using OrleansIdentity.OktaSimulator.Conformance;
using OrleansIdentity.OktaSimulator.Scim;

namespace OrleansIdentity.Api.Tests.Judge.Conformance;

/// <summary>Runs the conformance checks in this process.</summary>
internal static class ConformanceCheck
{
    public static Task<ConformanceReport> RunAsync(TestTenant tenant, params IReadOnlyList<string> only) =>
        RunAsync(new ScimTarget(tenant.Scim.BaseUrl.ToString(), tenant.Token), only);

    public static async Task<ConformanceReport> RunAsync(ScimTarget target, params IReadOnlyList<string> only)
    {
        using var http = OktaHttp.CreateClient();
        return await new ConformanceRun(http, TimeProvider.System).RunAsync(new ConformanceOptions(target) { Only = only }, null, CancellationToken.None);
    }

    /// <summary>The ids of the checks with this outcome.</summary>
    public static string[] Ids(ConformanceReport report, params Outcome[] outcomes) =>
        [.. report.Results.Where(result => outcomes.Contains(result.Outcome)).Select(result => result.Id)];

    /// <summary>What does not pass, for a failing test to show.</summary>
    public static string Text(ConformanceReport report) => string.Join('\n', report.Results
        .Where(result => result.Outcome is Outcome.Fail or Outcome.NotChecked)
        .Select(result => $"{result.Outcome} {result.Id}: {result.Reason}: {result.Evidence}"));
}
