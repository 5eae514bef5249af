using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Apps;
using OrleansIdentity.OktaSimulator.Verification;

namespace OrleansIdentity.OktaSimulator.Scenarios;

/// <summary>After a time-out Okta may send a create again: a conflict, and the account that is there stays as it is.</summary>
internal static class RepeatPhase
{
    private const int Repeated = 6;

    public static Task RunAsync(AppRun run, CancellationToken cancellationToken) => run.EachAsync(
        run.Cast.Linked.Take(Repeated),
        async (user, token) =>
        {
            var before = await run.Scim.ReadAsync(user.ScimId!, FindingKinds.AccountNotReadable, token);
            var answer = await run.Scim.CreateAsync(AttributeMapping.Create(user, run.PasswordOf(user)), token);
            if (run.Findings.Require(!answer.IsSuccess, FindingKinds.DuplicateAccepted, answer) && answer.IsUsable)
            {
                run.Scim.Checks.IsConflict(answer);
            }

            var after = await run.Scim.ReadAsync(user.ScimId!, FindingKinds.AccountNotReadable, token);
            run.Findings.Require(JsonNode.DeepEquals(before, after), FindingKinds.DuplicateChangedFirst, $"{user.Profile.Login} ({user.ScimId})");
        },
        cancellationToken);
}
