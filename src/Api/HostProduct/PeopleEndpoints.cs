using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.Operator;
using OrleansIdentity.Grains.Contracts.People;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Resources;

namespace OrleansIdentity.Api.HostProduct;

/// <summary>Reads people.</summary>
internal static class PeopleEndpoints
{
    public const int MaxPage = 500;

    public static void MapPeople(this RouteGroupBuilder group)
    {
        group.MapGet("/users", ListAsync)
            .WithSummary("List people. search: words each of which is contained in a name, the user name or an e-mail address; it looks at every candidate")
            .Produces<PersonPage>().ProducesProblem(400).ProducesProblem(401);
        group.MapGet("/users/{id}", ReadAsync).WithSummary("Read a person").Produces<Person>().ProducesProblem(401).ProducesProblem(404);
        group.MapGet("/users/{id}/events", EventsAsync).WithSummary("Read what happened to a person, in order; on behalf of an owner or admin")
            .Produces<EventPage>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
    }

    /// <summary>What to answer when there is no such person.</summary>
    public static IResult Unknown() => Problem.From(404, "user-unknown", "There is no such user in this tenant. List the users to see which there are.");

    /// <summary>A page of people.</summary>
    public static async Task<IResult> PageAsync(HttpContext http, HostServices services, PeopleRequest request)
    {
        if (request.After is { } after && !ResourceId.IsOne(after))
        {
            return Problem.From(400, "cursor-invalid", "'after' is not what a page gave as 'next'. Begin without it.");
        }

        var call = HostCall.Of(http);
        var (actor, refused) = await call.ReadActorAsync(http, services);
        if (refused is not null)
        {
            return refused;
        }

        var reply = await services.People(call.Tenant).ListAsync(request with { Count = Math.Clamp(request.Count, 1, MaxPage) }, http.RequestAborted);
        return reply.Refusal is { } refusal
            ? Problem.From(refusal)
            : Results.Ok(new PersonPage(
                await Presentation.ShowAsync(services, call, reply.People, actor, http.RequestAborted), reply.Total, reply.HasMore ? reply.People[^1].Id : null));
    }

    /// <summary>A person, with its entity tag.</summary>
    public static async Task<IResult> ShowAsync(HttpContext http, HostServices services, string id, Actor? actor, int status = StatusCodes.Status200OK)
    {
        var call = HostCall.Of(http);
        if (!ResourceId.IsOne(id) || (await services.User(call.Tenant, id).ReadAccountAsync()).Account is not { } account)
        {
            return Unknown();
        }

        if (account.Version > 0)
        {
            http.Response.Headers.ETag = Precondition.EntityTag(account.Version);
        }

        var person = (await Presentation.ShowAsync(services, call, [account], actor, http.RequestAborted))[0];
        return status == StatusCodes.Status201Created
            ? Results.Created($"{http.Request.PathBase}{HostEndpoints.Root}/users/{id}", person)
            : Results.Ok(person);
    }

    private static Task<IResult> ListAsync(
        HttpContext http, HostServices services, string? search = null, string? status = null, string? role = null, string? team = null, string? manager = null,
        string? group = null, string? misfit = null, string? after = null, int count = 100) =>
        PageAsync(http, services, new PeopleRequest(search, status, role, team, manager, group, misfit, after, count));

    private static async Task<IResult> ReadAsync(string id, HttpContext http, HostServices services)
    {
        var (actor, refused) = await HostCall.Of(http).ReadActorAsync(http, services);
        return refused ?? await ShowAsync(http, services, id, actor);
    }

    private static async Task<IResult> EventsAsync(string id, HttpContext http, HostServices services, long after = 0, int count = 100)
    {
        var call = HostCall.Of(http);
        var (actor, refused) = await call.RequireActorAsync(http, services);
        if (refused is not null)
        {
            return refused;
        }

        if (!HostCall.SeesIntegration(actor))
        {
            return Problem.From(403, "role-insufficient", "Only an owner or admin may read what happened. Ask one of them.");
        }

        if (!ResourceId.IsOne(id) || (await services.User(call.Tenant, id).ReadAccountAsync()).Account is null)
        {
            return Unknown();
        }

        var events = await services.Directory(call.Tenant).ReadEventsAsync(Math.Max(after, 0), Math.Clamp(count, 1, MaxPage), id, http.RequestAborted);
        return Results.Ok(new EventPage([.. events.Select(LoggedEvent.From)], events.Length > 0 ? events[^1].Position : after));
    }
}
