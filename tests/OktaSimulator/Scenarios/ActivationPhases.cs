using OrleansIdentity.OktaSimulator.Org;

namespace OrleansIdentity.OktaSimulator.Scenarios;

/// <summary>The app is unassigned, and assigned again: the account stays readable and findable, under the id that it has.</summary>
internal static class ActivationPhases
{
    public static Task DeactivateAsync(AppRun run, CancellationToken cancellationToken) =>
        run.EachAsync(run.Cast.OneOf(3), (user, token) => SetAsync(run, user, false, token), cancellationToken);

    public static Task ReactivateAsync(AppRun run, CancellationToken cancellationToken) =>
        run.EachAsync(run.Cast.OneOf(6), (user, token) => SetAsync(run, user, true, token), cancellationToken);

    private static async Task SetAsync(AppRun run, OktaUser user, bool isAssigned, CancellationToken cancellationToken)
    {
        var before = user.IsAssigned;
        user.IsAssigned = isAssigned;
        if (!run.Scim.Changed(await run.App.SetActiveAsync(user, cancellationToken), user.ScimId!))
        {
            user.IsAssigned = before;
            return;
        }

        await run.Accounts.IsAsItMustBeAsync(user, user.Profile, cancellationToken);
        await run.Accounts.IsFoundByLoginAsync(user, cancellationToken);
    }
}
