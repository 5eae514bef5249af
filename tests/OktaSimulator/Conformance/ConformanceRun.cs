using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using OrleansIdentity.OktaSimulator.Conformance.Areas;
using OrleansIdentity.OktaSimulator.Scenarios;
using OrleansIdentity.OktaSimulator.Scim;

namespace OrleansIdentity.OktaSimulator.Conformance;

/// <summary>Checks a SCIM server sentence by sentence. What a check creates is deleted after it; what was there before is not touched.</summary>
public sealed class ConformanceRun(HttpClient http, TimeProvider time)
{
    private const int ShownCharacters = 600;

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly CheckArea[] Areas =
    [
        DiscoveryChecks.Area,
        CommonChecks.Area,
        WriteChecks.Area,
        GroupChecks.Area,
        FilterChecks.Area,
        FilterErrorChecks.Area,
        SortChecks.Area,
        PagingChecks.Area,
        CursorChecks.Area,
        ProjectionChecks.Area,
        SearchChecks.Area,
        PatchTable.Area,
        PatchChecks.Area,
        MembershipChecks.Area,
        BulkChecks.Area,
        VersionChecks.Area,
        ErrorChecks.Area,
    ];

    /// <summary>The ids of the checks, in the order in which they run.</summary>
    public static IReadOnlyList<string> CheckIds { get; } = [.. Areas.SelectMany(area => area.Checks).Select(check => check.Id)];

    /// <summary>Runs.</summary>
    /// <param name="options">What to check.</param>
    /// <param name="progress">Is told about each check.</param>
    /// <param name="cancellationToken">Ends the run, which still deletes what it created.</param>
    /// <exception cref="CannotRunException">The server does not answer, or does not take the token.</exception>
    public async Task<ConformanceReport> RunAsync(ConformanceOptions options, IProgress<ConformanceProgress>? progress, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var calls = new CallLog();
        var client = new OktaScimClient(http, options.Target, options.Timeout, time, calls);
        await ReachAsync(client, options.Target, cancellationToken);
        var prefix = $"conformance-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        var offer = await ServerOffer.ReadAsync(client, cancellationToken);
        var scim = new ScimProbe(
            client, offer, new Uri(options.Target.BaseUrl), prefix, $"Pw-{RandomNumberGenerator.GetHexString(16)}-aB3$", cancellationToken);
        var checks = Areas
            .SelectMany(area => area.Checks.Select(check => (Area: area.Name, Check: check)))
            .Where(one => options.Only.Count == 0 || options.Only.Any(only => one.Check.Id.StartsWith(only, StringComparison.OrdinalIgnoreCase)))
            .ToArray();
        var results = new List<CheckResult>();
        var leftBehind = new List<string>();
        try
        {
            foreach (var (area, check) in checks)
            {
                progress?.Report(new ConformanceProgress(area, results.Count, checks.Length));
                results.Add(Result(area, check, await JudgeAsync(check, scim), scim.Password));
                leftBehind.AddRange(await scim.CleanAsync(isOver: false, cancellationToken));
            }
        }
        finally
        {
            // Whoever interrupts a run does not want to find its users later.
            leftBehind.AddRange(await scim.CleanAsync(isOver: true, CancellationToken.None));
        }

        return new ConformanceReport(
            options.Target.BaseUrl, results, leftBehind, calls.Summarize().Sum(kind => kind.Count), time.GetElapsedTime(start));
    }

    private static async Task ReachAsync(OktaScimClient client, ScimTarget target, CancellationToken cancellationToken)
    {
        var answer = await client.SendAsync(new ScimRequest(CallKind.ConnectionTest, HttpMethod.Get, "Users?startIndex=1&count=1"), cancellationToken);
        switch (answer.Status)
        {
            case 0:
                throw new CannotRunException($"{target.BaseUrl} does not answer ({answer.Text}). Is the server running, and is the URL right?");
            case 401 or 403:
                throw new CannotRunException($"The server refuses the token: {answer}. Mint a new one, or check the URL.");
            case 404:
                throw new CannotRunException(
                    $"There is no /Users below {target.BaseUrl}: {answer}. Give the SCIM base URL, such as https://acme.example/scim/v2.");
        }
    }

    private static async Task<Verdict> JudgeAsync(Check check, ScimProbe scim)
    {
        if (scim.Offer.WhyNot(check) is { } reason)
        {
            return Verdict.NotSupported(reason);
        }

        Verdict verdict;
        try
        {
            verdict = await check.RunAsync(scim);
        }
        catch (SetUpFailedException failure)
        {
            verdict = new Verdict(Outcome.NotChecked, failure.Message, failure.Answer);
        }

        // What the server does not advertise either way it may refuse to have; what it advertises it has to do.
        return verdict.Outcome != Outcome.Pass && scim.Offer.LeavesOpen(check) && scim.Answers.FirstOrDefault(answer => answer.Status == 501) is { } refused
            ? Verdict.NotSupported("it is not implemented", refused)
            : verdict;
    }

    private static CheckResult Result(string area, Check check, Verdict verdict, string password)
    {
        return new CheckResult(
            check.Id,
            area,
            check.Section,
            check.Level,
            check.Sentence,
            verdict.Outcome,
            verdict.Outcome == Outcome.Pass ? "" : Shown(verdict.Reason),
            verdict.Evidence is { } answer
                ? new Evidence(
                    Shown($"{answer.Request.Method} /{Uri.UnescapeDataString(answer.Request.Path)}"),
                    (answer.Request.Text ?? answer.Request.Body?.ToJsonString(Json)) is { } sent ? Shown(sent) : null,
                    answer.Status,
                    Shown(answer.Text))
                : null);

        // Masked before it is cut: half a secret is one too.
        string Shown(string text)
        {
            var masked = (verdict.Evidence?.Masked(text) ?? text).Replace(password, "[password]", StringComparison.Ordinal).ReplaceLineEndings(" ");
            return masked.Length <= ShownCharacters ? masked : $"{masked[..ShownCharacters]}…";
        }
    }
}
