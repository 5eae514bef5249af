using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.Standard.Inbox;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Standard;

namespace OrleansIdentity.Api.Settings.Provisioning;

/// <summary>People whom event hooks named and who could not be taken over: list, replay.</summary>
internal static class InboxEndpoints
{
    private const int MaxCount = 200;

    public static void MapInbox(this RouteGroupBuilder group)
    {
        group.MapGet("/inbox", (Delegate)ListAsync).WithSummary("Who is parked, and why").Produces<ParkedList>().ProducesProblem(400);
        group.MapPost("/inbox/{id}/replay", (Delegate)ReplayAsync).WithSummary("Have somebody who is parked be read again").Produces(202).ProducesProblem(404);
    }

    private static async Task<IResult> ListAsync(HttpContext http, string? after, int count = 50)
    {
        if (count is < 1 or > MaxCount)
        {
            return Problem.From(400, "count-invalid", $"'count' must be from 1 to {MaxCount}.");
        }

        var page = await Inbox(http).ListParkedAsync(after, count).WaitAsync(SettingsCall.Of(http).Call.Deadline);
        return Results.Ok(new ParkedList(
            page.Total,
            Array.ConvertAll(page.Items, item => new ParkedView(item.Id, item.Subject, item.Attempts, item.At, new StatusView(item.Reason.Id, item.Reason.Detail))),
            page.HasMore ? page.Items[^1].Id : null));
    }

    private static async Task<IResult> ReplayAsync(string id, HttpContext http, InboxNotes notes)
    {
        var call = SettingsCall.Of(http);
        await notes.EnsureAsync(call.Call.Tenant, call.Call.Deadline);
        if (!await Inbox(http).ReplayAsync(id, call.By.Id).WaitAsync(call.Call.Deadline))
        {
            return Problem.From(404, "parked-unknown", "Nobody of this id is parked. List who is.");
        }

        notes.Signal(call.Call.Tenant);
        return Results.Accepted();
    }

    private static IInboxGrain Inbox(HttpContext http) => http.RequestServices.GetRequiredService<GrainsOf<IInboxGrain>>().Get(SettingsCall.Of(http).Call.Tenant);
}
