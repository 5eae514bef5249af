using OrleansIdentity.OktaSimulator.Verification;

namespace OrleansIdentity.OktaSimulator.Scenarios;

/// <summary>What an admin or a reviewer sees of a mistake.</summary>
internal static class ErrorsPhase
{
    public static async Task RunAsync(AppRun run, CancellationToken cancellationToken)
    {
        foreach (var malformed in new[] { "userName eq", "userName like \"x\"" })
        {
            var answer = await run.Scim.SendRawFilterAsync(malformed, cancellationToken);
            run.Findings.Require(answer is { Status: 400, ScimType: "invalidFilter" } || !answer.IsUsable, FindingKinds.BadFilterAnswer, answer);
        }

        foreach (var unknown in new[] { "no-such-id", "00000000-0000-7000-8000-000000000000" })
        {
            var answer = await run.Scim.SendReadAsync(unknown, cancellationToken);
            run.Findings.Require(answer.Status == 404 || !answer.IsUsable, FindingKinds.UnknownIdAnswer, answer);
        }
    }
}
