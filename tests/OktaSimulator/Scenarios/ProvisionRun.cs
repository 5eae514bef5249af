using OrleansIdentity.OktaSimulator.Apps;
using OrleansIdentity.OktaSimulator.Scim;
using OrleansIdentity.OktaSimulator.Verification;

namespace OrleansIdentity.OktaSimulator.Scenarios;

/// <summary>Plays the provisioning of an Okta org against a SCIM server and judges every answer.</summary>
public sealed class ProvisionRun(HttpClient http, TimeProvider time)
{
    private static readonly (string Name, Func<AppRun, CancellationToken, Task> RunAsync)[] Phases =
    [
        ("connection test", ConnectionPhase.RunAsync),
        ("accounts made by others", StrangersPhase.RunAsync),
        ("create", CreatePhase.RunAsync),
        ("create again after a time-out", RepeatPhase.RunAsync),
        ("create many times at once", RacePhase.RunAsync),
        ("link to existing accounts", LinkPhase.RunAsync),
        ("profile update", UpdatePhase.RunAsync),
        ("empty an attribute", ClearPhase.RunAsync),
        ("password sync", PasswordPhase.RunAsync),
        ("rename", RenamePhase.RunAsync),
        ("deactivate", ActivationPhases.DeactivateAsync),
        ("reactivate", ActivationPhases.ReactivateAsync),
        ("look-ups", LookUpPhase.RunAsync),
        ("errors", ErrorsPhase.RunAsync),
        ("import", ImportPhase.RunAsync),
        ("import while accounts are deleted", DeletionPhase.RunAsync),
        ("end state", EndStatePhase.RunAsync),
    ];

    /// <summary>Runs.</summary>
    /// <param name="options">What to play.</param>
    /// <param name="progress">Is told about each step.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="CannotRunException">The server does not answer, does not take the token, or has seen the seed before.</exception>
    public async Task<ProvisionReport> RunAsync(ProvisionOptions options, IProgress<ProvisionProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Users, Cast.FewestUsers);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Parallel, 2);
        var start = time.GetTimestamp();
        var calls = new CallLog();
        var findings = new List<Finding>();
        var endStates = new List<EndState>();
        var client = new OktaScimClient(http, options.Target, options.Timeout, time, calls);
        foreach (var kind in options.Apps)
        {
            var name = kind.ToString().ToLowerInvariant();
            var log = new FindingLog(name);
            var scim = new ScimSession(client, QueryOf(kind), log);
            var run = new AppRun(options, new Cast(name, options.Seed, options.Users), AppOf(kind, scim), scim, log);
            for (var phase = 0; phase < Phases.Length && !run.IsOver; phase++)
            {
                var number = phase;
                log.Phase = Phases[phase].Name;
                run.Report = share => progress?.Report(new ProvisionProgress(name, Phases[number].Name, (number + share) / Phases.Length));
                run.Report(0);
                await Phases[phase].RunAsync(run, cancellationToken);
            }

            progress?.Report(new ProvisionProgress(name, log.Phase, 1));
            findings.AddRange(log.All);
            endStates.Add(run.EndState);
        }

        return new ProvisionReport(calls.Summarize(), findings, endStates, time.GetElapsedTime(start));
    }

    private static OktaApp AppOf(AppKind kind, ScimSession scim) => kind switch
    {
        AppKind.Classic => new ClassicApp(scim),
        AppKind.Catalogue => new CatalogueApp(scim),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    // Captures show both ways of writing a query; each app takes one of them.
    private static ScimQuery QueryOf(AppKind kind) => new(PlusForSpace: kind == AppKind.Catalogue, FilterFirst: kind == AppKind.Classic);
}
