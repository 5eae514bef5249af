using OrleansIdentity.OktaSimulator.Scim;
using OrleansIdentity.OktaSimulator.Verification;

namespace OrleansIdentity.OktaSimulator.Scenarios;

/// <summary>What an admin does first: test the connection. And what the tenant has before anything is changed.</summary>
internal static class ConnectionPhase
{
    public static async Task RunAsync(AppRun run, CancellationToken cancellationToken)
    {
        var answer = await run.Scim.TestConnectionAsync(null, cancellationToken);
        switch (answer.Status)
        {
            case 0:
                throw new CannotRunException($"{run.Options.Target.BaseUrl} does not answer ({answer.Text}). Is the server running, and is the URL right?");
            case 401 or 403:
                throw new CannotRunException($"The server refuses the token: {answer}. Mint a new one, or switch the integration on.");
        }

        if (answer is not { Status: 200, IsUsable: true } || run.Scim.Checks.IsList(answer, 2) is null)
        {
            run.Findings.Add(FindingKinds.ConnectionTestFailed, answer);
            run.IsOver = true;
            return;
        }

        // Otherwise Okta reports success with a bad credential.
        foreach (var wrong in new[] { "Bearer not-the-token", $"Bearer Bearer {run.Options.Target.Token}" })
        {
            var refused = await run.Scim.TestConnectionAsync(wrong, cancellationToken);
            run.Findings.Require(refused.Status == 401 || !refused.IsUsable, FindingKinds.BadCredentialAccepted, refused);
        }

        if (await ImportWalk.RunAsync(run.Scim, run.PageSize, null, cancellationToken) is not { } walk)
        {
            run.IsOver = true;
            return;
        }

        run.Before.UnionWith(walk.Ids);
        await RefuseUsedSeedAsync(run, cancellationToken);
    }

    private static async Task RefuseUsedSeedAsync(AppRun run, CancellationToken cancellationToken)
    {
        var login = run.Cast.Strangers.First().Profile.Login;
        var found = await run.Scim.FindAsync(ScimQuery.Eq("userName", login), cancellationToken);
        if (found?.Users.Any(user => string.Equals(user["userName"]?.ToString(), login, StringComparison.OrdinalIgnoreCase)) == true)
        {
            throw new CannotRunException($"This tenant has seen seed {run.Options.Seed} before: {login} is there. Take another seed.");
        }
    }
}
