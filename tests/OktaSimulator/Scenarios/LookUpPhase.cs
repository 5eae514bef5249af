using OrleansIdentity.OktaSimulator.Scim;
using OrleansIdentity.OktaSimulator.Verification;

namespace OrleansIdentity.OktaSimulator.Scenarios;

/// <summary>The attributes that an integration may look accounts up by, and accounts that do not exist.</summary>
internal static class LookUpPhase
{
    private const int People = 30;

    public static async Task RunAsync(AppRun run, CancellationToken cancellationToken)
    {
        await run.EachAsync(
            run.Cast.Linked.Take(People),
            async (user, token) =>
            {
                await run.Accounts.IsFoundByLoginAsync(user, token);
                await run.Accounts.IsFoundAsync(user, ScimQuery.Eq("externalId", user.Id), FindingKinds.FilterMissed, token);
                await run.Accounts.IsFoundAsync(user, ScimQuery.Eq("id", user.ScimId!), FindingKinds.FilterMissed, token);
                if (await run.Accounts.IsFoundAsync(user, ScimQuery.Eq("emails.value", user.Profile.Email), FindingKinds.FilterMissed, token))
                {
                    var upper = ScimQuery.Eq("emails.value", user.Profile.Email.ToUpperInvariant());
                    await run.Accounts.IsFoundAsync(user, upper, FindingKinds.FilterCaseSensitive, token);
                }
            },
            cancellationToken);

        foreach (var nobody in new[] { $"nobody@{run.Cast.Org.Domain}", $"a b+c@{run.Cast.Org.Domain}", "6f9619ff-8b86-d011-b42d-00cf4fc964ff" })
        {
            await run.Accounts.IsNotFoundAsync(ScimQuery.Eq("userName", nobody), FindingKinds.FilterInvented, cancellationToken);
        }
    }
}
