using OrleansIdentity.OktaSimulator.Apps;
using OrleansIdentity.OktaSimulator.Org;
using OrleansIdentity.OktaSimulator.Scim;
using OrleansIdentity.OktaSimulator.Verification;

namespace OrleansIdentity.OktaSimulator.Scenarios;

/// <summary>A group is assigned to the app: a burst of look-ups, each followed by a create.</summary>
internal static class CreatePhase
{
    public static async Task RunAsync(AppRun run, CancellationToken cancellationToken)
    {
        await run.EachAsync(run.Cast.Expendable, (user, token) => CreateAsync(run, user, token), cancellationToken);
        await run.EachAsync(run.Cast.Newcomers, (user, token) => CreateAsync(run, user, token), cancellationToken);
    }

    private static async Task CreateAsync(AppRun run, OktaUser user, CancellationToken cancellationToken)
    {
        await run.Accounts.IsNotFoundAsync(ScimQuery.Eq("userName", user.Profile.Login), FindingKinds.FilterInvented, cancellationToken);
        var answer = await run.Scim.CreateAsync(AttributeMapping.Create(user, run.PasswordOf(user)), cancellationToken);
        if (run.Scim.Created(answer) is { } id)
        {
            user.ScimId = id;
            run.Accounts.IsAsItMustBe(user, null, answer.Json!);
        }
    }
}
