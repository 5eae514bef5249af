using OrleansIdentity.OktaSimulator.Apps;
using OrleansIdentity.OktaSimulator.Org;
using OrleansIdentity.OktaSimulator.Scim;
using OrleansIdentity.OktaSimulator.Verification;

namespace OrleansIdentity.OktaSimulator.Scenarios;

/// <summary>Group push. After each change the group is read and compared; what is refused is taken back, so that it is found once only.</summary>
internal static class GroupPhases
{
    /// <summary>New groups: look-up, create without members, read, then the members.</summary>
    public static async Task CreateAsync(AppRun run, CancellationToken cancellationToken)
    {
        foreach (var group in run.Groups.New)
        {
            if (await run.GroupScim.FindAsync(ScimQuery.Eq("displayName", group.Name), cancellationToken) is not { Users.Count: 0 })
            {
                run.Findings.Add(FindingKinds.GroupsRefused, $"the look-up of '{group.Name}', which is not there yet");
                continue;
            }

            var answer = await run.GroupScim.CreateAsync(GroupPush.Body(group.Name, []), cancellationToken);
            if (!run.Findings.Require(answer.Status == 201 || !answer.IsUsable, FindingKinds.GroupsRefused, answer) || !answer.IsSuccess
                || answer.Id is not { } id)
            {
                continue;
            }

            group.ScimId = id;
            await run.GroupScim.SendReadAsync(id, cancellationToken);
            await ChangeAsync(run, group, [], group.Members, () => run.Push.FillAsync(group, cancellationToken), FindingKinds.ChangeRefused, cancellationToken);
            await run.GroupChecks.IsFoundByNameAsync(group, cancellationToken);
        }

        await RepeatAsync(run, cancellationToken);
    }

    /// <summary>A group that somebody else made: it is found by its name, and keeps its members until a push removes them.</summary>
    public static async Task LinkAsync(AppRun run, CancellationToken cancellationToken)
    {
        var group = run.Groups.Existing;
        var answer = await run.GroupScim.CreateAsync(GroupPush.Body(group.Name, group.Members), cancellationToken);
        if (run.Groups.New.All(one => one.ScimId is null) || run.GroupScim.Created(answer) is not { } id)
        {
            return;
        }

        group.ScimId = id;
        await run.GroupChecks.IsFoundByNameAsync(group, cancellationToken);
        await RenameAsync(run, group, FindingKinds.ExistingMembersLost, cancellationToken);

        // Only now Okta says who is in it.
        var others = run.Cast.Linked.Except(group.Members).ToArray();
        await ChangeAsync(run, group, group.Members, others, () =>
            run.Push.ReplaceAsync(group, true, cancellationToken), FindingKinds.ChangeRefused, cancellationToken);
    }

    /// <summary>A name changes; the members stay.</summary>
    public static async Task RenameAsync(AppRun run, CancellationToken cancellationToken)
    {
        foreach (var group in run.Groups.New.Where(group => group.IsThere).Take(2))
        {
            await RenameAsync(run, group, FindingKinds.MembersLacking, cancellationToken);
        }
    }

    /// <summary>Some leave and others come, in one request.</summary>
    public static async Task ChangeMembersAsync(AppRun run, CancellationToken cancellationToken)
    {
        foreach (var group in run.Groups.New.Where(group => group.IsThere).Take(3))
        {
            OktaUser[] left = [.. group.Members.Where((_, index) => index % 3 == 0)];
            OktaUser[] came = [.. run.Cast.Linked.Except(group.Members)];
            await ChangeAsync(run, group, left, came, () =>
                run.Push.ChangeAsync(group, left, came, cancellationToken), FindingKinds.ChangeRefused, cancellationToken);
        }
    }

    /// <summary>"Push now", in both forms, and of a group that has nobody left.</summary>
    public static async Task ReplaceAsync(AppRun run, CancellationToken cancellationToken)
    {
        foreach (var (group, number) in run.Groups.New.Where(group => group.IsThere).Select((group, number) => (group, number)).Skip(2))
        {
            OktaUser[] half = [.. group.Members.Take(group.Members.Count / 2)];
            OktaUser[] left = [.. group.Members.Except(half)];
            await ChangeAsync(run, group, left, [], () =>
                run.Push.ReplaceAsync(group, number % 2 == 0, cancellationToken), FindingKinds.ChangeRefused, cancellationToken);
            if (number >= 3)
            {
                await ChangeAsync(
                    run, group, group.Members, [], () =>
                        run.Push.ReplaceAsync(group, number % 2 == 0, cancellationToken), FindingKinds.EmptyReplaceRefused, cancellationToken);
            }
        }
    }

    /// <summary>A push is undone with its group: the group is gone, its members are there.</summary>
    public static async Task DeleteAsync(AppRun run, CancellationToken cancellationToken)
    {
        foreach (var group in run.Groups.New.Where(group => group.IsThere).Take(1))
        {
            var answer = await run.GroupScim.DeleteAsync(group.ScimId!, cancellationToken);
            group.IsDeleted = run.Findings.Require(answer.Status == 204 || !answer.IsUsable, FindingKinds.GroupStillThere, answer) && answer.IsSuccess;
            var read = await run.GroupScim.SendReadAsync(group.ScimId!, cancellationToken);
            run.Findings.Require(read.Status == 404 || !read.IsUsable, FindingKinds.GroupStillThere, read);
            await ShowAsync(run, group.Members.Take(1), cancellationToken);
        }
    }

    // Okta finds groups by their names: a second one of a name would be linked to by chance.
    private static async Task RepeatAsync(AppRun run, CancellationToken cancellationToken)
    {
        if (run.Groups.New.FirstOrDefault(group => group.IsThere) is { } group)
        {
            var answer = await run.GroupScim.CreateAsync(GroupPush.Body(group.Name.ToUpperInvariant(), []), cancellationToken);
            if (run.Findings.Require(!answer.IsSuccess, FindingKinds.GroupTwice, answer) && answer.IsUsable)
            {
                run.GroupScim.Checks.IsConflict(answer);
            }
        }
    }

    private static async Task RenameAsync(AppRun run, OktaGroup group, FindingKind lacking, CancellationToken cancellationToken)
    {
        var before = group.Name;
        group.Name = $"Renamed {before}";
        if (!Accepted(run, await run.Push.RenameAsync(group, cancellationToken), group, FindingKinds.RenameRefused))
        {
            group.Name = before;
            return;
        }

        if (await run.GroupChecks.IsAsItMustBeAsync(group, lacking, cancellationToken))
        {
            await run.GroupChecks.IsFoundByNameAsync(group, cancellationToken);
        }
    }

    private static async Task ChangeAsync(
        AppRun run, OktaGroup group, IReadOnlyList<OktaUser> left, IReadOnlyList<OktaUser> came, Func<Task<ScimAnswer>> push, FindingKind refused,
            CancellationToken cancellationToken)
    {
        var before = group.Members;
        group.Members = [.. before.Except(left).Union(came)];
        if (!Accepted(run, await push(), group, refused))
        {
            group.Members = before;
            return;
        }

        if (await run.GroupChecks.IsAsItMustBeAsync(group, FindingKinds.MembersLacking, cancellationToken))
        {
            await ShowAsync(run, [.. left.Except(group.Members).Take(1), .. came.Take(1)], cancellationToken);
        }
    }

    // One of each sort is enough here; at the end of the run everybody is looked at.
    private static async Task ShowAsync(AppRun run, IEnumerable<OktaUser> people, CancellationToken cancellationToken)
    {
        foreach (var user in people)
        {
            await run.GroupChecks.ShowsItsGroupsAsync(user, run.Groups.All, cancellationToken);
        }
    }

    private static bool Accepted(AppRun run, ScimAnswer answer, OktaGroup group, FindingKind refused)
    {
        if (answer.IsUsable && !answer.IsSuccess)
        {
            run.Findings.Add(refused, answer);
            return false;
        }

        return run.GroupScim.Changed(answer, group.ScimId!);
    }
}
