using OrleansIdentity.OktaSimulator.Org;
using OrleansIdentity.OktaSimulator.Verification;

namespace OrleansIdentity.OktaSimulator.Scenarios;

/// <summary>Two imports in a row, of everything: nobody is missing, nobody comes twice, and the order is the same.</summary>
internal static class ImportPhase
{
    public static async Task RunAsync(AppRun run, CancellationToken cancellationToken)
    {
        var first = await ImportWalk.RunAsync(run.Scim, run.PageSize, null, cancellationToken);
        var second = await ImportWalk.RunAsync(run.Scim, run.PageSize, null, cancellationToken);
        if (first is null || second is null)
        {
            return;
        }

        Judge(run, first, [.. run.Cast.Expendable, .. run.Cast.Linked]);
        run.Findings.Require(first.Ids.SequenceEqual(second.Ids), FindingKinds.ImportUnstable, Difference(first, second));
        var there = first.Ids.Distinct(StringComparer.Ordinal).Count();
        run.Findings.Require(
            first.Totals.All(total => total == there),
            FindingKinds.TotalWrong,
            $"{there} accounts came, totalResults was {string.Join(", ", first.Totals.Distinct())}");
    }

    /// <summary>Whether these people, and all that were there before the run, came exactly once.</summary>
    public static void Judge(AppRun run, ImportWalk walk, IEnumerable<OktaUser> people)
    {
        var times = walk.Ids.CountBy(id => id, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var linked = people.Where(user => user.ScimId is not null).ToArray();

        // One of the deactivated that is missing was skipped as anybody may be; all of them are left out on purpose.
        var leavesOut = linked.All(user => user.IsAssigned || !times.ContainsKey(user.ScimId!));
        foreach (var user in linked)
        {
            Once(user.ScimId!, leavesOut && !user.IsAssigned ? FindingKinds.ImportLacksDeactivated : FindingKinds.ImportSkipped, user.Profile.Login);
        }

        foreach (var id in run.Before)
        {
            Once(id, FindingKinds.ImportSkipped, "an account from before the run");
        }

        void Once(string id, FindingKind missing, string who)
        {
            var count = times.GetValueOrDefault(id);
            run.Findings.Require(count > 0, missing, $"{who} ({id}) in pages of {run.PageSize}");
            run.Findings.Require(count <= 1, FindingKinds.ImportTwice, $"{who} ({id}) came {count} times");
        }
    }

    private static string Difference(ImportWalk first, ImportWalk second)
    {
        var at = first.Ids.Zip(second.Ids).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"the {at + 1}. account is {first.Ids.ElementAtOrDefault(at) ?? "none"}, then {second.Ids.ElementAtOrDefault(at) ?? "none"}";
    }
}
