using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Grains.Contracts.People;
using OrleansIdentity.Grains.Contracts.Resources;

namespace OrleansIdentity.Api.HostProduct;

/// <summary>Reads teams, which are departments, and groups, which are what Okta pushes.</summary>
internal static class TeamEndpoints
{
    public static void MapTeamsAndGroups(this RouteGroupBuilder group)
    {
        group.MapGet("/teams", TeamsAsync).WithSummary("List teams; one that nobody is in any more stays, with its id").Produces<TeamList>().ProducesProblem(401);
        group.MapGet("/teams/{id}", TeamAsync).WithSummary("Read a team").Produces<Circle>().ProducesProblem(401).ProducesProblem(404);
        group.MapGet("/groups", GroupsAsync).WithSummary("List groups").Produces<GroupList>().ProducesProblem(401);
        group.MapGet("/groups/{id}", GroupAsync).WithSummary("Read a group").Produces<Circle>().ProducesProblem(401).ProducesProblem(404);
        group.MapGet("/groups/{id}/members", MembersAsync).WithSummary("List the people in a group").Produces<PersonPage>().ProducesProblem(401).ProducesProblem(404);
    }

    private static async Task<IResult> TeamsAsync(HttpContext http, HostServices services, string? after = null, int count = 100)
    {
        if (after is not null && !ResourceId.IsOne(after))
        {
            return BadCursor();
        }

        var page = await services.People(HostCall.Of(http).Tenant).ListTeamsAsync(after, Limit(count), http.RequestAborted);
        return Results.Ok(new TeamList([.. page.Teams.Select(Show)], page.Total, page.HasMore ? page.Teams[^1].Id : null));
    }

    private static async Task<IResult> TeamAsync(string id, HttpContext http, HostServices services) =>
        ResourceId.IsOne(id) && await services.People(HostCall.Of(http).Tenant).ReadTeamAsync(id, http.RequestAborted) is { } team
            ? Results.Ok(Show(team))
            : Problem.From(404, "team-unknown", "There is no such team in this tenant. List the teams to see which there are.");

    private static async Task<IResult> GroupsAsync(HttpContext http, HostServices services, string? after = null, int count = 100)
    {
        if (after is not null && !ResourceId.IsOne(after))
        {
            return BadCursor();
        }

        var page = await services.People(HostCall.Of(http).Tenant).ListGroupsAsync(after, Limit(count), http.RequestAborted);
        return Results.Ok(new GroupList([.. page.Groups.Select(Show)], page.Total, page.HasMore ? page.Groups[^1].Id : null));
    }

    private static async Task<IResult> GroupAsync(string id, HttpContext http, HostServices services) =>
        await FindGroupAsync(id, http, services) is { } group ? Results.Ok(Show(group)) : UnknownGroup();

    private static async Task<IResult> MembersAsync(string id, HttpContext http, HostServices services, string? after = null, int count = 100) =>
        await FindGroupAsync(id, http, services) is null
            ? UnknownGroup()
            : await PeopleEndpoints.PageAsync(http, services, new PeopleRequest(null, null, null, null, null, id, null, after, count));

    private static async Task<GroupView?> FindGroupAsync(string id, HttpContext http, HostServices services) =>
        ResourceId.IsOne(id) ? await services.People(HostCall.Of(http).Tenant).ReadGroupAsync(id, http.RequestAborted) : null;

    private static IResult UnknownGroup() => Problem.From(404, "group-unknown", "There is no such group in this tenant. List the groups to see which there are.");

    private static IResult BadCursor() => Problem.From(400, "cursor-invalid", "'after' is not what a page gave as 'next'. Begin without it.");

    private static Circle Show(TeamView team) => new(team.Id, team.Name, team.Members);

    private static Circle Show(GroupView group) => new(group.Id, group.Name, group.Members);

    private static int Limit(int count) => Math.Clamp(count, 1, PeopleEndpoints.MaxPage);
}
