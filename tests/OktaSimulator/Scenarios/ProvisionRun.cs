using OrleansIdentity.OktaSimulator.Apps;
using OrleansIdentity.OktaSimulator.Scim;
using OrleansIdentity.OktaSimulator.Verification;

namespace OrleansIdentity.OktaSimulator.Scenarios;

/// <summary>Plays the provisioning of an Okta org against a SCIM server and judges every answer.</summary>
public sealed class ProvisionRun(HttpClient http, TimeProvider time)
{
    private static readonly Phase[] Phases =
    [
        new("connection test", ConnectionPhase.RunAsync),
        new("discovery", DiscoveryPhase.RunAsync),
        new("accounts made by others", StrangersPhase.RunAsync),
        new("create", CreatePhase.RunAsync),
        new("create again after a time-out", RepeatPhase.RunAsync),
        new("create many times at once", RacePhase.RunAsync),
        new("link to existing accounts", LinkPhase.RunAsync),
        new("profile update", UpdatePhase.RunAsync),
        new("empty an attribute", ClearPhase.RunAsync),
        new("password sync", PasswordPhase.RunAsync),
        new("rename", RenamePhase.RunAsync),
        new("deactivate", ActivationPhases.DeactivateAsync),
        new("reactivate", ActivationPhases.ReactivateAsync),
        new("new groups", GroupPhases.CreateAsync, OfGroups: true),
        new("link to an existing group", GroupPhases.LinkAsync, OfGroups: true),
        new("rename groups", GroupPhases.RenameAsync, OfGroups: true),
        new("change members", GroupPhases.ChangeMembersAsync, OfGroups: true),
        new("replace members", GroupPhases.ReplaceAsync, OfGroups: true),
        new("delete a group", GroupPhases.DeleteAsync, OfGroups: true),
        new("look-ups", LookUpPhase.RunAsync),
        new("errors", ErrorsPhase.RunAsync),
        new("import", ImportPhase.RunAsync),
        new("import while accounts are deleted", DeletionPhase.RunAsync),
        new("end state", EndStatePhase.RunAsync),
        new("end state of groups", GroupEndStatePhase.RunAsync, OfGroups: true),
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
        Phase[] phases = [.. Phases.Where(phase => options.PushesGroups || !phase.OfGroups)];
        foreach (var kind in options.Apps)
        {
            var name = kind.ToString().ToLowerInvariant();
            var log = new FindingLog(name);
            var users = new ScimSession(client, QueryOf(kind), log, "Users");
            var groups = new ScimSession(client, QueryOf(kind), log, "Groups");
            var run = new AppRun(options, new Cast(name, options.Seed, options.Users), AppOf(kind, users), PushOf(kind, groups), users, groups, log);
            for (var phase = 0; phase < phases.Length && !run.IsOver; phase++)
            {
                var number = phase;
                log.Phase = phases[phase].Name;
                run.Report = share => progress?.Report(new ProvisionProgress(name, phases[number].Name, (number + share) / phases.Length));
                run.Report(0);
                await phases[phase].RunAsync(run, cancellationToken);
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

    private static GroupPush PushOf(AppKind kind, ScimSession scim) => kind == AppKind.Classic ? new ClassicGroupPush(scim) : new CatalogueGroupPush(scim);

    // Captures show both ways of writing a query; each app takes one of them.
    private static ScimQuery QueryOf(AppKind kind) => new(PlusForSpace: kind == AppKind.Catalogue, FilterFirst: kind == AppKind.Classic);

    private sealed record Phase(string Name, Func<AppRun, CancellationToken, Task> RunAsync, bool OfGroups = false);
}
