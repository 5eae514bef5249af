using System.Collections.Concurrent;
using OrleansIdentity.OktaSimulator.Org;
using OrleansIdentity.OktaSimulator.Verification;

namespace OrleansIdentity.OktaSimulator.Scenarios;

/// <summary>At the end: each account by id, by look-up, and in a whole import whose total is what was there before and what the run added.</summary>
internal static class EndStatePhase
{
    public static async Task RunAsync(AppRun run, CancellationToken cancellationToken)
    {
        var expected = run.Cast.Org.Users.Where(user => user is { ScimId: not null, IsDeleted: false }).ToArray();
        var walk = await ImportWalk.RunAsync(run.Scim, run.PageSize, null, cancellationToken);
        if (walk is not null)
        {
            ImportPhase.Judge(run, walk, expected);

            // An account that Okta failed to link is there all the same.
            var added = expected.Select(user => user.ScimId!).Union(run.StrangerIds.Values, StringComparer.Ordinal).Count();
            var total = run.Before.Count + added;
            run.Findings.Require(
                walk.Totals.All(shown => shown == total),
                FindingKinds.TotalWrong,
                $"{run.Before.Count} accounts were there and {added} came; totalResults is {string.Join(", ", walk.Totals.Distinct())}");
        }

        var imported = walk?.Ids.ToHashSet(StringComparer.Ordinal) ?? [];
        var verified = new ConcurrentBag<OktaUser>();
        await run.EachAsync(
            expected,
            async (user, token) =>
            {
                if (await run.Accounts.IsAsItMustBeAsync(user, user.Profile, token)
                    & await run.Accounts.IsFoundByLoginAsync(user, token)
                    & imported.Contains(user.ScimId!))
                {
                    verified.Add(user);
                }
            },
            cancellationToken);

        run.EndState = new EndState(
            run.Cast.App,
            run.Cast.Org.Users.Count(user => !user.IsDeleted),
            verified.Count,
            verified.Count(user => user.IsAssigned),
            verified.Count(user => !user.IsAssigned),
            verified.Count(user => user.Unmapped is not null),
            verified.Count(user => user.FormerLogin is not null),
            run.Cast.Org.Users.Count(user => user.IsDeleted),
            Groups: 0);
    }
}
