using OrleansIdentity.OktaSimulator.Org;
using OrleansIdentity.OktaSimulator.Verification;

namespace OrleansIdentity.OktaSimulator.Scenarios;

/// <summary>
/// Somebody deletes accounts that an import has passed already. With plain offsets every later account moves forward, and the next page skips as many.
/// Where the app is the profile source, Okta takes those who were skipped for gone.
/// </summary>
internal static class DeletionPhase
{
    private const int DeletedPerPage = 3;

    public static async Task RunAsync(AppRun run, CancellationToken cancellationToken)
    {
        var expendable = run.Cast.Expendable.Where(user => user.ScimId is not null).ToDictionary(user => user.ScimId!, StringComparer.Ordinal);
        var walk = await ImportWalk.RunAsync(run.Scim, run.PageSize, DeleteSomeAsync, cancellationToken);
        if (walk is not null)
        {
            ImportPhase.Judge(run, walk, run.Cast.Linked);
        }

        await run.EachAsync(
            run.Cast.Expendable.Where(user => user.IsDeleted),
            async (user, token) =>
            {
                var answer = await run.Scim.SendReadAsync(user.ScimId!, token);
                run.Findings.Require(answer.Status == 404 || !answer.IsUsable, FindingKinds.DeletedStillThere, answer);
            },
            cancellationToken);

        async Task DeleteSomeAsync(UserList page)
        {
            foreach (var id in page.Ids.Where(expendable.ContainsKey).Take(DeletedPerPage))
            {
                await DeleteAsync(run, expendable[id], cancellationToken);
            }
        }
    }

    private static async Task DeleteAsync(AppRun run, OktaUser user, CancellationToken cancellationToken)
    {
        var answer = await run.Scim.DeleteAsync(user.ScimId!, cancellationToken);
        user.IsDeleted = run.Findings.Require(answer.Status == 204, FindingKinds.DeletedStillThere, answer);
    }
}
