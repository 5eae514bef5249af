using OrleansIdentity.OktaSimulator.Org;
using OrleansIdentity.OktaSimulator.Scim;
using OrleansIdentity.OktaSimulator.Verification;

namespace OrleansIdentity.OktaSimulator.Scenarios;

/// <summary>Logins change. The old one finds nobody, the new one finds the account, and one that is taken is refused.</summary>
internal static class RenamePhase
{
    // Neighbours, so that both ways of updating a profile are tried where an app has two.
    private const int Collisions = 4;

    public static async Task RunAsync(AppRun run, CancellationToken cancellationToken)
    {
        var renamed = run.Cast.OneOf(3, 1);
        await run.EachAsync(renamed, (user, token) => RenameAsync(run, user, token), cancellationToken);
        var others = run.Cast.Linked.Except(renamed).ToArray();
        await run.EachAsync(others.Take(Collisions), (user, token) => CollideAsync(run, user, others[^1], token), cancellationToken);
    }

    private static async Task RenameAsync(AppRun run, OktaUser user, CancellationToken cancellationToken)
    {
        var old = user.Profile.Login;
        if (!await UpdatePhase.UpdateAsync(run, user, profile => profile with { Login = $"Renamed-{profile.Login}" }, cancellationToken))
        {
            return;
        }

        user.FormerLogin = old;
        await run.Accounts.IsFoundByLoginAsync(user, cancellationToken);
        await run.Accounts.IsNotFoundAsync(ScimQuery.Eq("userName", old), FindingKinds.OldNameFound, cancellationToken);
    }

    private static async Task CollideAsync(AppRun run, OktaUser user, OktaUser holder, CancellationToken cancellationToken)
    {
        var before = user.Profile;
        user.Profile = before with { Login = holder.Profile.Login.ToUpperInvariant() };
        var answer = await run.App.UpdateProfileAsync(user, before, cancellationToken);
        user.Profile = before;
        if (run.Findings.Require(!answer.IsSuccess, FindingKinds.CollisionAccepted, answer) && answer.IsUsable)
        {
            run.Scim.Checks.IsConflict(answer);
        }

        await run.Accounts.IsAsItMustBeAsync(user, before, cancellationToken);
        await run.Accounts.IsAsItMustBeAsync(holder, holder.Profile, cancellationToken);
    }
}
