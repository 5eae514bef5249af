using OrleansIdentity.OktaSimulator.Verification;

namespace OrleansIdentity.OktaSimulator.Scenarios;

/// <summary>At the end: each group by id and by name, all of them in an import with their members, and of each person the groups that it is in.</summary>
internal static class GroupEndStatePhase
{
    public static async Task RunAsync(AppRun run, CancellationToken cancellationToken)
    {
        var verified = 0;
        foreach (var group in run.Groups.There)
        {
            if (await run.GroupChecks.IsAsItMustBeAsync(group, FindingKinds.MembersLacking, cancellationToken)
                & await run.GroupChecks.IsFoundByNameAsync(group, cancellationToken))
            {
                verified++;
            }
        }

        await ImportAsync(run, cancellationToken);
        await run.EachAsync(run.Cast.Linked, (user, token) => run.GroupChecks.ShowsItsGroupsAsync(user, run.Groups.All, token), cancellationToken);
        run.EndState = run.EndState with { Groups = verified };
    }

    private static async Task ImportAsync(AppRun run, CancellationToken cancellationToken)
    {
        var imported = new HashSet<string>(StringComparer.Ordinal);
        var expected = run.Groups.There.ToDictionary(group => group.ScimId!, StringComparer.Ordinal);

        // Groups of before the run are in it too; pages that bring nobody new end it, as an import does.
        for (var startIndex = 1; await run.GroupScim.PageAsync(startIndex, AppRun.OktasPage,
            cancellationToken) is { Users.Count: > 0 } page; startIndex += AppRun.OktasPage)
        {
            foreach (var read in page.Users.Where(read => imported.Add(read["id"]?.ToString() ?? "")))
            {
                if (expected.TryGetValue(read["id"]?.ToString() ?? "", out var group))
                {
                    var members = (read["members"] as System.Text.Json.Nodes.JsonArray)?.Count ?? 0;
                    run.Findings.Require(
                        members == group.Members.Count, FindingKinds.GroupImportWrong,
                            $"{group.Name} came with {members} members, expected {group.Members.Count}");
                }
            }

            if (startIndex + AppRun.OktasPage > page.TotalResults)
            {
                break;
            }
        }

        var missing = expected.Where(group => !imported.Contains(group.Key)).Select(group => group.Value.Name).ToArray();
        run.Findings.Require(missing.Length == 0, FindingKinds.GroupImportWrong, $"{string.Join(", ", missing)} did not come");
    }
}
