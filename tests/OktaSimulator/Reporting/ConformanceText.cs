using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansIdentity.OktaSimulator.Conformance;

namespace OrleansIdentity.OktaSimulator.Reporting;

/// <summary>Writes a conformance report: for people, for a repository, for a script.</summary>
internal static class ConformanceText
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The report as <c>text</c>, <c>markdown</c> or <c>json</c>.</summary>
    public static string Of(ConformanceReport report, string format) => format switch
    {
        "json" => JsonSerializer.Serialize(report, Json) + "\n",
        "markdown" => Markdown(report),
        _ => Plain(report),
    };

    private static string Plain(ConformanceReport report)
    {
        var text = new StringBuilder();
        foreach (var area in report.Results.GroupBy(result => result.Area))
        {
            text.AppendLine().AppendLine($"{area.Key}: {Totals([.. area])}");
            foreach (var result in area)
            {
                text.AppendLine($"  {Name(result.Outcome),-13} {result.Id,-24} {Name(result.Level),-6} {result.Section,-14} {result.Sentence}");
                if (result.Outcome != Outcome.Pass)
                {
                    text.AppendLine($"                {result.Reason}");
                }

                if (result.Evidence is { } evidence)
                {
                    text.AppendLine($"                {Line(evidence, result.Outcome == Outcome.Pass ? 0 : 200)}");
                }
            }
        }

        text.AppendLine().AppendLine($"{report.Server}: {Totals(report.Results)}; {Summary(report)}");
        foreach (var path in report.LeftBehind)
        {
            text.AppendLine($"left behind: {path}");
        }

        return text.AppendLine(Verdict(report)).ToString();
    }

    private static string Markdown(ConformanceReport report)
    {
        var text = new StringBuilder("# SCIM conformance\n\n");
        text.Append($"{report.Server}: {Totals(report.Results)}; {Summary(report)}\n\n**{Verdict(report)}**\n");
        foreach (var area in report.Results.GroupBy(result => result.Area))
        {
            text.Append($"\n## {area.Key}\n{Totals([.. area])}\n\n| | check | level | section | sentence | evidence |\n|---|---|---|---|---|---|\n");
            foreach (var result in area)
            {
                var evidence = result.Evidence is { } shown ? Line(shown, result.Outcome == Outcome.Pass ? 0 : 300) : "";
                text.Append($"| {Name(result.Outcome)} | {result.Id} | {Name(result.Level)} | {result.Section} | {result.Sentence} | ");
                text.Append($"{Cell(result.Reason, evidence)} |\n");
            }
        }

        return text.ToString();
    }

    private static string Line(Evidence evidence, int characters)
    {
        var status = evidence.Status == 0 ? "no answer" : evidence.Status.ToString(CultureInfo.InvariantCulture);
        var sent = characters > 0 && evidence.Sent is { } body ? $" {Start(body, characters)}" : "";
        return $"{Start(evidence.Request, 160)}{sent}: {status} {(characters > 0 ? Start(evidence.Excerpt, characters) : "")}".TrimEnd();
    }

    // The characters that would end a cell or a code span.
    private static string Cell(string reason, string evidence)
    {
        var code = evidence.Length > 0 ? $"`{evidence.Replace('`', '\'')}`" : "";
        return $"{reason} {code}".Trim().Replace("|", "\\|", StringComparison.Ordinal);
    }

    private static string Start(string text, int characters) => text.Length <= characters ? text : $"{text[..characters]}…";

    private static string Totals(IReadOnlyList<CheckResult> results) => string.Join(", ", Enum.GetValues<Outcome>()
        .Select(outcome => (Outcome: outcome, Count: results.Count(result => result.Outcome == outcome)))
        .Where(one => one.Count > 0)
        .Select(one => $"{one.Count} {(one.Outcome == Outcome.Pass ? "passed" : one.Outcome == Outcome.Fail ? "failed" : Name(one.Outcome))}"));

    private static string Summary(ConformanceReport report) =>
        string.Create(CultureInfo.InvariantCulture, $"{report.Calls:n0} calls in {report.Elapsed.TotalSeconds:n1} s.");

    private static string Verdict(ConformanceReport report)
    {
        var broken = report.Count(Outcome.Fail, Level.Must) + report.Count(Outcome.NotChecked, Level.Must);
        return report.Conforms ? "Every MUST passes." : $"{broken} of {report.Results.Count(result => result.Level == Level.Must)} MUSTs do not pass.";
    }

    private static string Name(Outcome outcome) => outcome switch
    {
        Outcome.Pass => "pass",
        Outcome.Fail => "FAIL",
        Outcome.NotSupported => "not supported",
        _ => "not checked",
    };

    private static string Name(Level level) => level.ToString().ToUpperInvariant();
}
