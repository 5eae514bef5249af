using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.Standard.Runs;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Standard;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Api.Settings.Provisioning;

/// <summary>Runs: begin, watch, approve or reject, and the drift report.</summary>
internal static class RunEndpoints
{
    public static void MapRuns(this RouteGroupBuilder group)
    {
        group.MapGet("/runs", (Delegate)ListAsync).WithSummary("The runs that are kept, latest first").Produces<RunList>();
        group.MapPost("/runs", (Delegate)StartAsync).WithSummary("Sync now, or rehearse it").Accepts<NewRun>("application/json").Produces<SyncRun>(202).ProducesProblem(409);
        group.MapGet("/runs/{id}", (Delegate)ReadAsync).WithSummary("A run").Produces<SyncRun>().ProducesProblem(404);
        group.MapGet("/runs/{id}/drift", (Delegate)DriftAsync).WithSummary("What differed, user by user, to be downloaded: format=json, or csv")
            .Produces<DriftView[]>(200, "application/json", "text/csv").ProducesProblem(400).ProducesProblem(404);
        group.MapPost("/runs/{id}/approve", (string id, HttpContext http) => DecideAsync(id, approved: true, http)).WithSummary("Let a run deactivate as many as it would")
            .Produces<SyncRun>().ProducesProblem(404).ProducesProblem(409);
        group.MapPost("/runs/{id}/reject", (string id, HttpContext http) => DecideAsync(id, approved: false, http)).WithSummary("End a run without deactivating anybody")
            .Produces<SyncRun>().ProducesProblem(404).ProducesProblem(409);
    }

    /// <summary>The runs of a call's tenant.</summary>
    public static ISyncGrain Runs(HttpContext http) => http.RequestServices.GetRequiredService<GrainsOf<ISyncGrain>>().Get(SettingsCall.Of(http).Call.Tenant);

    private static async Task<IResult> ListAsync(HttpContext http, TimeProvider time) =>
        Results.Ok(new RunList([.. (await Runs(http).ListAsync().WaitAsync(SettingsCall.Of(http).Call.Deadline)).Select(run => SyncRun.From(run, time.GetUtcNow()))]));

    private static async Task<IResult> ReadAsync(string id, HttpContext http, TimeProvider time) =>
        (await Runs(http).ListAsync().WaitAsync(SettingsCall.Of(http).Call.Deadline)).FirstOrDefault(run => run.Id == id) is { } run
            ? Results.Ok(SyncRun.From(run, time.GetUtcNow()))
            : Unknown();

    private static async Task<IResult> StartAsync(HttpContext http, NightSchedule schedule, TimeProvider time)
    {
        var call = SettingsCall.Of(http);
        var (wanted, refused) = await SettingsBody.ReadAsync<NewRun>(http, call.Call.Deadline);
        if (refused is not null)
        {
            return refused;
        }

        if (await ProvisioningEndpoints.Tenant(http).ReadProvisioningAsync().WaitAsync(call.Call.Deadline) is not { IsStandardInForce: true })
        {
            return Problem.From(409, "standard-not-in-force", "The tenant is not provisioned by Standard: there is nothing to compare with. Set the method first.");
        }

        var now = time.GetUtcNow();
        var start = new StartRun(NightSchedule.NewRun(now), RunTrigger.Manual, wanted!.Rehearsal, call.Origin);
        var reply = await schedule.NotedAsync(call.Call.Tenant, () => Runs(http).StartAsync(start)).WaitAsync(call.Call.Deadline);
        return reply.Refusal is { } refusal
            ? Problem.From(refusal)
            : Results.Accepted($"{call.Call.RootPath}{SettingsRoutes.Root}/runs/{reply.Run!.Id}", SyncRun.From(reply.Run, now));
    }

    private static async Task<IResult> DecideAsync(string id, bool approved, HttpContext http)
    {
        var call = SettingsCall.Of(http);
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        Task<RunReply> DecideAsync() => Runs(http).DecideAsync(id, approved, call.Origin);
        var reply = await (approved ? http.RequestServices.GetRequiredService<NightSchedule>().NotedAsync(call.Call.Tenant, DecideAsync) : DecideAsync()).WaitAsync(call.Call.Deadline);
        return reply.Refusal is { } refusal ? Problem.From(refusal) : Results.Ok(SyncRun.From(reply.Run!, now));
    }

    private static async Task<IResult> DriftAsync(string id, HttpContext http, string? format)
    {
        if (format is not (null or "json" or "csv"))
        {
            return Problem.From(400, "format-unknown", "'format' must be 'json' or 'csv'.");
        }

        var runs = Runs(http);
        return (await runs.ListAsync().WaitAsync(SettingsCall.Of(http).Call.Deadline)).All(run => run.Id != id) ? Unknown() : new DriftDownload(runs, id, format == "csv");
    }

    private static IResult Unknown() => Problem.From(404, "sync-run-unknown", "There is no run of this id. List the runs to see which there are.");
}
