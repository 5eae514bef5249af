using OrleansIdentity.OktaSimulator.Apps;
using OrleansIdentity.OktaSimulator.Scim;
using OrleansIdentity.OktaSimulator.Verification;

namespace OrleansIdentity.OktaSimulator.Scenarios;

/// <summary>One and the same create many times at once: exactly one account comes of it.</summary>
internal static class RacePhase
{
    public static async Task RunAsync(AppRun run, CancellationToken cancellationToken)
    {
        var user = run.Cast.Contested;
        var answers = await Task.WhenAll(Enumerable
            .Range(0, run.Options.Parallel)
            .Select(_ => run.Scim.CreateAsync(AttributeMapping.Create(user, run.PasswordOf(user)), cancellationToken)));
        foreach (var refused in answers.Where(answer => answer is { IsSuccess: false, IsUsable: true }))
        {
            run.Scim.Checks.IsConflict(refused);
        }

        var created = answers.Where(answer => answer.IsSuccess).ToArray();
        if (created.Length == 0)
        {
            run.Findings.Add(FindingKinds.CreateRefused, answers[0]);
            return;
        }

        run.Findings.Require(created.Length == 1, FindingKinds.RaceManyCreated, $"{created.Length} of {answers.Length} were accepted: {created[0]}");
        if (run.Scim.Created(created[0]) is { } id)
        {
            user.ScimId = id;
            await run.Accounts.IsFoundAsync(user, ScimQuery.Eq("userName", user.Profile.Login), FindingKinds.FilterMissed, cancellationToken);
        }
    }
}
