using OrleansIdentity.OktaSimulator.Scenarios;

namespace OrleansIdentity.Api.Tests.Judge;

/// <summary>The simulator knows nothing of the product: it is run against a server of another make, and what it finds there is true.</summary>
public sealed class ScimmyTests
{
    // scimmy 1.3.5 with scimmy-routers 1.3.2, over an honest store in memory.
    private static readonly string[] Deviations =
    [
        // `userName eq` without a value is taken for a filter, and answered 200 with nobody.
        "bad-filter-answer",

        // Strings are compared exactly, although userName and emails.value are not caseExact (RFC 7643 §4.1.1): "OLENA@…" is not found by "olena@…".
        "filter-case-sensitive",

        // A quote that is escaped as JSON has it ends the string: 400, where Okta asks for a login that has one.
        "filter-refused",

        // Pages are plain offsets: what is deleted behind a walk makes it skip as many ahead.
        "import-skipped",

        // RFC 7644 §3.3 wants the location of what was created in the header and in meta.location; it is in meta.location only.
        "location-missing",

        // RFC 7644 §3.4.2: itemsPerPage is "the number of resources returned in a list response page"; it is what was asked for.
        "page-size-wrong",
    ];

    [Fact]
    public async Task Run_ServerOfAnotherMake_FindsExactlyItsDeviations()
    {
        using var peer = await ScimmyPeer.StartAsync();

        var report = await Simulation.RunAsync(new ProvisionOptions(peer.Target) { Users = 40, Parallel = 8, Seed = 9 });

        var found = report.Findings.Select(finding => finding.Kind.Id).Distinct().Order(StringComparer.Ordinal);
        Assert.True(Deviations.SequenceEqual(found), $"{Simulation.Text(report)}\n{peer}");
    }
}
