using System.Collections.Concurrent;
using System.Globalization;
using OrleansIdentity.OktaSimulator.Apps;
using OrleansIdentity.OktaSimulator.Org;
using OrleansIdentity.OktaSimulator.Verification;

namespace OrleansIdentity.OktaSimulator.Scenarios;

/// <summary>One app, played against one server: what the phases share.</summary>
internal sealed class AppRun(
    ProvisionOptions options, Cast cast, OktaApp app, GroupPush push, ScimSession scim, ScimSession groupScim, FindingLog findings)
{
    /// <summary>The size of a page of an import.</summary>
    public const int OktasPage = 100;

    private GroupCast? _groups;

    public ProvisionOptions Options => options;

    public Cast Cast => cast;

    public OktaApp App => app;

    public GroupPush Push => push;

    public ScimSession Scim => scim;

    public ScimSession GroupScim => groupScim;

    /// <summary>The groups; made when they are first asked for, of the people who are linked by then.</summary>
    public GroupCast Groups => _groups ??= new GroupCast(cast);

    public FindingLog Findings => findings;

    public AccountChecks Accounts { get; } = new(scim, findings);

    public GroupChecks GroupChecks { get; } = new(groupScim, scim, findings);

    /// <summary>Okta's page is 100. A small run takes smaller ones, so that its people always spread over several.</summary>
    public int PageSize => Math.Min(options.Users / 2, OktasPage);

    /// <summary>Is told how much of the phase is done, from 0 to 1.</summary>
    public Action<double> Report { get; set; } = _ => { };

    /// <summary>The ids that were there before the run.</summary>
    public HashSet<string> Before { get; } = new(StringComparer.Ordinal);

    /// <summary>The accounts that somebody else made, which Okta does not know yet.</summary>
    public ConcurrentDictionary<OktaUser, string> StrangerIds { get; } = [];

    /// <summary>Whether nothing further can be learned, since Okta would not even save the app.</summary>
    public bool IsOver { get; set; }

    /// <summary>What the run left behind, as far as it got.</summary>
    public EndState EndState { get; set; } = new(cast.App, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>The placeholder that Okta sends as password.</summary>
    public string PasswordOf(OktaUser user) => string.Create(CultureInfo.InvariantCulture, $"Pw-{options.Seed}-{user.Number}-aB3$");

    /// <summary>Does something for each, as many at once as the options allow, and reports progress.</summary>
    public async Task EachAsync(IEnumerable<OktaUser> users, Func<OktaUser, CancellationToken, Task> action, CancellationToken cancellationToken)
    {
        var all = users.ToArray();
        var done = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(all, parallel, async (user, token) =>
        {
            await action(user, token);
            Report((double)Interlocked.Increment(ref done) / all.Length);
        });
    }
}
