using OrleansIdentity.Api.Standard.Runs;
using OrleansIdentity.Grains.Contracts.Standard;
using OrleansIdentity.Grains.Contracts.Tenants;

namespace OrleansIdentity.Api.Settings.Provisioning;

/// <summary>The way from Standard to SCIM, and back: start, look at the report, finish. While it is under way both methods work, and no account is made twice.</summary>
internal static class MoveEndpoints
{
    private const int MaxRows = 500;

    public static void MapMove(this RouteGroupBuilder group)
    {
        group.MapGet("/move", (Delegate)ReportAsync).WithSummary("How far the move is, and who would not be matched").Produces<MoveReport>();
        Map(group, "start", MoveStep.Start, "Let SCIM work beside Standard");
        Map(group, "finish", MoveStep.Finish, "Let SCIM alone work: event hooks and the nightly sync are off");
        Map(group, "back", MoveStep.Back, "Let Standard alone work again");
    }

    private static void Map(RouteGroupBuilder group, string name, MoveStep step, string summary) =>
        group.MapPost($"/move/{name}", (HttpContext http, NightSchedule schedule) => MoveAsync(http, schedule, step)).WithSummary(summary).Produces<ProvisioningView>().ProducesProblem(409);

    private static async Task<IResult> MoveAsync(HttpContext http, NightSchedule schedule, MoveStep step)
    {
        var call = SettingsCall.Of(http);
        if (step == MoveStep.Back)
        {
            await schedule.EnsureAsync(call.Call.Tenant);
        }

        return await ProvisioningEndpoints.AnswerAsync(
            http, await ProvisioningEndpoints.Tenant(http).MoveAsync(step, call.Origin, call.Settings.Version).WaitAsync(call.Call.Deadline));
    }

    // Whoever is not joined by now, the latest run that went to its end has in its report, a rehearsal like any other.
    private static async Task<IResult> ReportAsync(HttpContext http)
    {
        var deadline = SettingsCall.Of(http).Call.Deadline;
        var provisioning = (await ProvisioningEndpoints.Tenant(http).ReadProvisioningAsync().WaitAsync(deadline))!;
        var stage = provisioning switch
        {
            { IsMoving: true } => "moving",
            { Method: ProvisioningMethod.Standard } => "standard",
            _ => "scim",
        };
        var runs = RunEndpoints.Runs(http);
        if ((await runs.ListAsync().WaitAsync(deadline)).FirstOrDefault(one => one.Outcome == RunOutcome.Completed) is not { } run)
        {
            return Results.Ok(new MoveReport(stage, null, 0, [], HasMore: false, "Start a run first, a rehearsal is enough: the report is made of it."));
        }

        var unmatched = new List<DriftView>();
        await foreach (var row in DriftDownload.RowsAsync(runs, run.Id, deadline))
        {
            if (row is { Kind: "unlinked" } or { Outcome: "left" } or { Kind: "missing", Outcome: "wouldBeRepaired", UserId: null })
            {
                unmatched.Add(row);
                if (unmatched.Count > MaxRows)
                {
                    break;
                }
            }
        }

        var matched = run.Counts.Assigned - unmatched.Count(row => row.Kind != "unlinked");
        return Results.Ok(new MoveReport(stage, run.Id, matched, [.. unmatched.Take(MaxRows)], unmatched.Count > MaxRows, Advice(stage, unmatched.Count)));
    }

    private static string Advice(string stage, int unmatched) => (stage, unmatched) switch
    {
        ("standard", 0) => "Everybody is matched. Start the move, set the SCIM app up in Okta, and assign the same people to it.",
        ("standard", _) => "Look at who would not be matched: most are matched by correcting an e-mail address. Then start the move.",
        ("moving", _) => "Let Okta push everybody by the SCIM app. When its assignments show no error, finish the move. Until then you can go back.",
        _ => "SCIM alone works. You can go back for as long as the Standard app is there in Okta.",
    };
}
