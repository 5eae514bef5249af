using System.Globalization;
using OrleansIdentity.OktaSimulator.Scenarios;
using OrleansIdentity.OktaSimulator.Scim;
using OrleansIdentity.OktaSimulator.Verification;
using Spectre.Console;

namespace OrleansIdentity.OktaSimulator.Reporting;

/// <summary>Shows what came of a run.</summary>
internal static class ReportView
{
    private const int ShownPerKind = 3;

    public static void Show(IAnsiConsole console, ProvisionReport report)
    {
        console.WriteLine();
        console.Write(Calls(report.Calls));
        console.Write(EndStates(report.EndStates));
        foreach (var kind in report.Findings.GroupBy(finding => finding.Kind))
        {
            Show(console, kind.Key, [.. kind]);
        }

        var calls = report.Calls.Sum(call => call.Count);
        console.WriteLine();
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{calls:n0} calls in {report.Elapsed.TotalSeconds:n1} s."));
        console.MarkupLine(report.IsAsOktaNeeds
            ? "[green]Everything is as Okta needs it.[/]"
            : $"[red]{report.Findings.Count} findings of {report.Findings.DistinctBy(finding => finding.Kind).Count()} kinds: not as Okta needs it.[/]");
    }

    private static Table Calls(IEnumerable<CallSummary> calls)
    {
        var table = new Table { Border = TableBorder.Rounded, Title = new TableTitle("Calls") };
        table.AddColumn("call");
        table.AddColumn(new TableColumn("count").RightAligned());
        table.AddColumn("statuses");
        table.AddColumn(new TableColumn("p50 ms").RightAligned());
        table.AddColumn(new TableColumn("p99 ms").RightAligned());
        foreach (var call in calls)
        {
            var statuses = call.Statuses.Select(status => $"{(status.Key == 0 ? "none" : Text(status.Key))} × {Text(status.Value)}");
            table.AddRow(Name(call.Kind), Text(call.Count), string.Join(", ", statuses), Milliseconds(call.P50), Milliseconds(call.P99));
        }

        return table;
    }

    private static Table EndStates(IReadOnlyList<EndState> states)
    {
        var table = new Table { Border = TableBorder.Rounded, Title = new TableTitle("Verified end state") };
        table.AddColumn("accounts");
        foreach (var state in states)
        {
            table.AddColumn(new TableColumn(state.App).RightAligned());
        }

        Row("that must be there", state => state.Users);
        Row("verified: by id, look-up and import", state => state.Verified);
        Row("  active", state => state.Active);
        Row("  deactivated", state => state.Deactivated);
        Row("  linked, made by others", state => state.Linked);
        Row("  renamed", state => state.Renamed);
        Row("deleted by others", state => state.Deleted);
        Row("groups, with their members", state => state.Groups);
        return table;

        void Row(string name, Func<EndState, int> number) => table.AddRow([name, .. states.Select(state => Text(number(state)))]);
    }

    private static void Show(IAnsiConsole console, FindingKind kind, Finding[] findings)
    {
        console.WriteLine();
        console.MarkupLine($"[red]{kind.Id}[/] × {Text(findings.Length)}");
        console.WriteLine($"  {kind.Sentence}");
        foreach (var finding in findings.Take(ShownPerKind))
        {
            console.WriteLine($"  {finding.App}, {finding.Phase}: {finding.Evidence}");
        }

        if (findings.Length > ShownPerKind)
        {
            console.WriteLine($"  and {Text(findings.Length - ShownPerKind)} more");
        }
    }

    private static string Name(CallKind kind) => kind switch
    {
        CallKind.ConnectionTest => "connection test",
        CallKind.LookUp => "look-up",
        CallKind.ImportPage => "import page",
        _ => kind.ToString().ToLowerInvariant(),
    };

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("n1", CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString("n0", CultureInfo.InvariantCulture);
}
