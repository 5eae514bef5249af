using OrleansIdentity.OktaSimulator.Org;
using OrleansIdentity.OktaSimulator.Scim;
using OrleansIdentity.OktaSimulator.Verification;

namespace OrleansIdentity.OktaSimulator.Scenarios;

/// <summary>Okta takes over accounts that somebody else made, the deactivated ones too: look-up, PUT, and activation where it is due.</summary>
internal static class LinkPhase
{
    public static Task RunAsync(AppRun run, CancellationToken cancellationToken) =>
        run.EachAsync(run.StrangerIds.Keys, (user, token) => LinkAsync(run, user, token), cancellationToken);

    private static async Task LinkAsync(AppRun run, OktaUser user, CancellationToken cancellationToken)
    {
        user.ScimId = run.StrangerIds[user];
        if (!await IsFoundAsync(run, user, cancellationToken) || !run.Scim.Changed(await run.App.LinkAsync(user, cancellationToken), user.ScimId))
        {
            user.ScimId = null;
            return;
        }

        // What the account was before is no longer of interest: all that Okta maps has been laid over it.
        await run.Accounts.IsAsItMustBeAsync(user, null, cancellationToken);
        if (!user.IsAssigned)
        {
            user.IsAssigned = true;
            run.Scim.Changed(await run.App.SetActiveAsync(user, cancellationToken), user.ScimId);
            await run.Accounts.IsAsItMustBeAsync(user, user.Profile, cancellationToken);
        }
    }

    private static async Task<bool> IsFoundAsync(AppRun run, OktaUser user, CancellationToken cancellationToken)
    {
        // The account has the login in capitals, Okta asks for it as it knows it.
        var asIs = ScimQuery.Eq("userName", user.Profile.Login.ToUpperInvariant());
        var missed = user.IsAssigned ? FindingKinds.FilterMissed : FindingKinds.FilterMissedDeactivated;
        return await run.Accounts.IsFoundAsync(user, asIs, missed, cancellationToken)
            && await run.Accounts.IsFoundAsync(
                user, ScimQuery.Eq("userName", user.Profile.Login), FindingKinds.FilterCaseSensitive, cancellationToken);
    }
}
