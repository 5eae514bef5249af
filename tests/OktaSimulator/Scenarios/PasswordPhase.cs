namespace OrleansIdentity.OktaSimulator.Scenarios;

/// <summary>Password sync: accepted, never seen again, and nothing else changes.</summary>
internal static class PasswordPhase
{
    public static Task RunAsync(AppRun run, CancellationToken cancellationToken) => run.EachAsync(
        run.Cast.OneOf(5),
        async (user, token) =>
        {
            if (run.Scim.Changed(await run.App.PushPasswordAsync(user, $"New-{run.PasswordOf(user)}", token), user.ScimId!))
            {
                await run.Accounts.IsAsItMustBeAsync(user, user.Profile, token);
            }
        },
        cancellationToken);
}
