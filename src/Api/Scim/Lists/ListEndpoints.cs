using Microsoft.Extensions.Options;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.Telemetry;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Directory;
using OrleansIdentity.Scim;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Paging;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Search;

namespace OrleansIdentity.Api.Scim.Lists;

/// <summary>
/// The lists: of users, of groups, and of both at the server root. GET, and POST to <c>/.search</c>, ask for the same in two ways (RFC 7644 §3.4.2, §3.4.3).
/// </summary>
internal sealed class ListEndpoints(
    UserEndpoints users,
    GroupEndpoints groups,
    GrainsOf<IDirectoryGrain> directories,
    Cursors cursors,
    IOptions<RequestOptions> options,
    ApiMetrics metrics)
{
    /// <summary>The list of users.</summary>
    public ResourceList Users { get; } = new(
        "Users", [users], (directory, request, cancellationToken) => directory.ListUsersAsync(request, cancellationToken));

    /// <summary>The list of groups.</summary>
    public ResourceList Groups { get; } = new(
        "Groups", [groups], (directory, request, cancellationToken) => directory.ListGroupsAsync(request, cancellationToken));

    /// <summary>The list of everything.</summary>
    public ResourceList All { get; } = new(
        "", [users, groups], (directory, request, cancellationToken) => directory.ListAllAsync(request, cancellationToken));

    /// <summary>Answers a GET.</summary>
    public ScimHandler Get(ResourceList list) => (context, _) => AnswerAsync(context, list, ScimQuery.Search(context.Http.Request));

    /// <summary>Answers a POST to <c>/.search</c>.</summary>
    public ScimHandler Search(ResourceList list) => async (context, _) => await AnswerAsync(context, list, await ReadSearchAsync(context));

    private async Task AnswerAsync(ScimContext context, ResourceList list, Outcome<SearchRequest> asked)
    {
        if (!asked.TryGet(out var search, out var error)
            || !list.Projections(context, search).TryGet(out var projections, out error)
            || !Open(context, list, search).TryGet(out var place, out error))
        {
            await RefuseAsync(context, error);
            return;
        }

        var request = new ListRequest(search.Filter, search.Page.StartIndex, search.Page.Count, context.Origin.Actor)
        {
            SortBy = search.SortBy,
            SortOrder = search.SortOrder,
            After = place.After,
            SchemaRevision = context.Users.Revision,
        };
        var reply = await list.Read(directories.Get(context.Tenant), request, context.Deadline).WaitAsync(context.Deadline);
        if (reply.Error is { } refused)
        {
            await RefuseAsync(context, refused);
            return;
        }

        await WriteAsync(context, list, search, projections, reply);
    }

    private async Task WriteAsync(
        ScimContext context, ResourceList list, SearchRequest search, IReadOnlyDictionary<ResourceEndpoints, Projection?> projections, ListReply reply)
    {
        var body = new GrowingBody(context.Http, StatusCodes.Status200OK);
        if (search.Page.Cursor is null)
        {
            ListResponse.WriteStart(body.Buffer, reply.Total, search.Page.StartIndex, reply.Resources.Length);
        }
        else
        {
            var next = reply.Next is { } place ? cursors.Seal(OwnerOf(context, list), search, place) : null;
            ListResponse.WriteStart(body.Buffer, reply.Total, reply.Resources.Length, next);
        }

        for (var index = 0; index < reply.Resources.Length; index++)
        {
            if (index > 0)
            {
                ListResponse.WriteSeparator(body.Buffer);
            }

            var resource = reply.Resources[index];
            var writer = list.Resources.Single(one => one.Kind == resource.Kind);
            await writer.WriteAsync(context, body, resource, projections[writer]);
        }

        ListResponse.WriteEnd(body.Buffer);
        await body.CompleteAsync();
    }

    private async Task<Outcome<SearchRequest>> ReadSearchAsync(ScimContext context) =>
        (await ScimRequestBody.ReadAsync(context.Http.Request, options.Value.MaxBodyBytes, context.Deadline)).TryGet(out var body, out var error)
            ? SearchRequest.Read(body, ScimLimits.Default)
            : error;

    private Outcome<Place> Open(ScimContext context, ResourceList list, SearchRequest search) =>
        search.Page.Cursor is null ? new Place(null)
        : cursors.Open(OwnerOf(context, list), search).TryGet(out var after, out var error) ? new Place(after)
        : error;

    private static Cursors.Owner OwnerOf(ScimContext context, ResourceList list) => new(context.Tenant, context.Origin.Actor, list.Name);

    private Task RefuseAsync(ScimContext context, ScimError error)
    {
        metrics.Refused(error);
        return ScimResponse.ErrorAsync(context.Http, error);
    }

    private readonly record struct Place(string? After);
}
