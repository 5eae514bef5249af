using OrleansIdentity.Api.Tests.Judge.Conformance;
using OrleansIdentity.OktaSimulator.Conformance;
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

        // A 'replace' without a path appends members. So they are left in the group, in the import of it, and in what users show of it.
        "group-import-wrong",

        // As with users, the name of a group is compared exactly, and a quote in it ends the string: the group cannot be looked up.
        "group-missed",
        "groups-refused",

        // Pages are plain offsets: what is deleted behind a walk makes it skip as many ahead.
        "import-skipped",

        // RFC 7644 §3.3 wants the location of what was created in the header and in meta.location; it is in meta.location only.
        "location-missing",

        // See above: what 'replace' left.
        "members-left",

        // RFC 7644 §3.4.2: itemsPerPage is "the number of resources returned in a list response page"; it is what was asked for.
        "page-size-wrong",

        // See above: what 'replace' left.
        "user-groups-wrong",
    ];

    // What does not pass of the conformance checks, in the words of the RFCs.
    private static readonly string[] Unmet =
    [
        // Names have letter case in paths, URNs of the core schema are not known, the location is relative.
        "C4-path", "P11-urn", "F17-core", "F17-extension", "A7-core-urn", "C9-location", "W1-location-header",

        // Filters: letter case counts, escapes end the string, brackets hold no parentheses, all conditions have to hold for one element.
        "F6-brackets", "F7-escapes", "F7-utf8", "F8-displayName", "F8-emails", "F8-userName", "F10-any-element", "G1-filter",

        // Filters that are none find nobody, or crash.
        "F12-boolean", "F13-bare-word", "F13-half", "F13-no-operator", "F13-no-value", "P15-malformed",

        // Pages: a page past the end is the first one, itemsPerPage is what was asked for.
        "P9-past-the-end", "P16-items", "P12-both",

        // PATCH: what is there is appended again, 'replace' without a path appends, and a complex attribute is replaced as a whole.
        "T-add-value-present", "TM-add-again", "T-replace-no-path-values", "TM-replace-no-path", "T-replace-complex", "T-replace-no-match",
        "T-replace-no-value", "A6-primary", "A8-groups", "A8-meta", "A9-nested", "A10-unchanged", "P14-patch",

        // Bulk: no references in paths, none to what comes later.
        "B3-forward", "B3-path",

        // Refusals without a keyword or a challenge; the configuration is not public.
        "D2-public", "E2-keyword", "E3-challenge",
    ];

    [Fact]
    public async Task Conformance_ServerOfAnotherMake_FailsExactlyItsDeviations()
    {
        using var peer = await ScimmyPeer.StartAsync();

        var report = await ConformanceCheck.RunAsync(peer.Target);

        var failed = ConformanceCheck.Ids(report, Outcome.Fail, Outcome.NotChecked);
        Assert.True(Unmet.Order().SequenceEqual(failed.Order()), $"{ConformanceCheck.Text(report)}\n{peer}");
        Assert.False(report.Conforms);
        Assert.Empty(report.LeftBehind);

        // It has no versions and no cursors, and says so.
        Assert.All(
            report.Results.Where(result => result.Area is "Versions" or "Pages by cursor"), result => Assert.Equal(Outcome.NotSupported, result.Outcome));
    }

    [Fact]
    public async Task Run_ServerOfAnotherMake_FindsExactlyItsDeviations()
    {
        using var peer = await ScimmyPeer.StartAsync();

        var report = await Simulation.RunAsync(new ProvisionOptions(peer.Target) { Users = 40, Parallel = 8, Seed = 9 });

        var found = report.Findings.Select(finding => finding.Kind.Id).Distinct().Order(StringComparer.Ordinal);
        Assert.True(Deviations.SequenceEqual(found), $"{Simulation.Text(report)}\n{peer}");
    }
}
