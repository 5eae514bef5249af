using OrleansIdentity.OktaSimulator.Apps;
using OrleansIdentity.OktaSimulator.Org;

namespace OrleansIdentity.OktaSimulator.Scenarios;

/// <summary>Attributes are emptied in Okta, in each way that this may look like on the wire.</summary>
internal static class ClearPhase
{
    private const int PeoplePerWay = 6;

    public static async Task RunAsync(AppRun run, CancellationToken cancellationToken)
    {
        foreach (var way in Enum.GetValues<ClearedAs>())
        {
            await run.EachAsync(run.Cast.OneOf(3, (int)way).Take(PeoplePerWay), (user, token) => ClearAsync(run, user, way, token), cancellationToken);
        }
    }

    private static async Task ClearAsync(AppRun run, OktaUser user, ClearedAs way, CancellationToken cancellationToken)
    {
        var before = user.Profile;
        user.Profile = before with { Title = null, Department = null };
        if (!run.Scim.Changed(await run.App.ClearAsync(user, before, way, cancellationToken), user.ScimId!))
        {
            // Back to what the server has, so that it is found once only.
            user.Profile = before;
            return;
        }

        await run.Accounts.IsAsItMustBeAsync(user, before, cancellationToken);
    }
}
