using OrleansIdentity.Grains.Contracts.Directory;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Api.Operator;

/// <summary>The logs: a tenant's, a user's, the system's own.</summary>
internal static class EventEndpoints
{
    private const int MaxPage = 1_000;

    public static void MapEvents(this RouteGroupBuilder group)
    {
        group.MapGet("/tenants/{slug}/events", TenantAsync)
            .WithSummary("Read a tenant's events in order; userId narrows them to one user or group").Produces<EventPage>().ProducesProblem(404);
        group.MapGet("/events", SystemAsync).WithSummary("Read what belongs to no tenant: host names, calls that changed nothing").Produces<EventPage>();
    }

    private static async Task<IResult> TenantAsync(
        string slug, IGrainFactory grains, CancellationToken cancellationToken, long after = 0, int count = 100, string? userId = null) =>
        TenantEndpoints.Find(grains, slug) is { } tenant && await tenant.ReadAsync() is not null
            ? Results.Ok(await ReadAsync(grains, slug, after, count, userId, cancellationToken))
            : TenantEndpoints.Unknown();

    private static async Task<IResult> SystemAsync(IGrainFactory grains, CancellationToken cancellationToken, long after = 0, int count = 100) =>
        Results.Ok(await ReadAsync(grains, RecordKey.SystemTenant, after, count, null, cancellationToken));

    private static async Task<EventPage> ReadAsync(
        IGrainFactory grains, string log, long after, int count, string? resourceId, CancellationToken cancellationToken)
    {
        var events = await grains.GetGrain<IDirectoryGrain>(log).ReadEventsAsync(
            Math.Max(after, 0), Math.Clamp(count, 1, MaxPage), resourceId, cancellationToken);
        return new EventPage([.. events.Select(LoggedEvent.From)], events.Length > 0 ? events[^1].Position : after);
    }
}
