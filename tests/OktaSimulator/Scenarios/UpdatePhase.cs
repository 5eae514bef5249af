using OrleansIdentity.OktaSimulator.Org;

namespace OrleansIdentity.OktaSimulator.Scenarios;

/// <summary>Profiles change in Okta. What did not change, and what Okta does not map, stays.</summary>
internal static class UpdatePhase
{
    public static Task RunAsync(AppRun run, CancellationToken cancellationToken) => run.EachAsync(
        run.Cast.Linked.Where((_, index) => index % 3 != 0),
        (user, token) => UpdateAsync(run, user, profile => profile with
        {
            FirstName = $"New {profile.FirstName}",
            Title = "Principal Ingénieur",
            Department = $"{profile.Department} (moved)",
        }, token),
        cancellationToken);

    /// <summary>Changes a profile in Okta and on the server. A change that is refused is taken back, so that it is found once only.</summary>
    public static async Task<bool> UpdateAsync(AppRun run, OktaUser user, Func<OktaProfile, OktaProfile> change, CancellationToken cancellationToken)
    {
        var before = user.Profile;
        user.Profile = change(before);
        if (!run.Scim.Changed(await run.App.UpdateProfileAsync(user, before, cancellationToken), user.ScimId!))
        {
            user.Profile = before;
            return false;
        }

        return await run.Accounts.IsAsItMustBeAsync(user, before, cancellationToken);
    }
}
