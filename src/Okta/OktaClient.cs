using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OrleansIdentity.Okta.Apps;
using OrleansIdentity.Okta.Errors;
using OrleansIdentity.Okta.Groups;
using OrleansIdentity.Okta.Http;
using OrleansIdentity.Okta.Json;
using OrleansIdentity.Okta.Logs;
using OrleansIdentity.Okta.Paging;
using OrleansIdentity.Okta.Results;
using OrleansIdentity.Okta.Users;

namespace OrleansIdentity.Okta;

/// <summary>
/// The Management API of one tenant's org, read only. No method throws but for cancellation. A list is read page by page (<c>…PageAsync</c>, with a cursor that may
/// be kept) or as a walk over all pages; see <see cref="PageStep{T}"/> for what a walk proves.
/// </summary>
public sealed class OktaClient : IDisposable
{
    private readonly OktaOrgUrl _org;
    private readonly OktaTransport _transport;

    internal OktaClient(OktaOrgUrl org, OktaTransport transport) => (_org, _transport) = (org, transport);

    internal OktaTransport Transport => _transport;

    /// <summary>An app. Scope <c>okta.apps.read</c>.</summary>
    public Task<OktaResult<OktaApp>> GetAppAsync(string appId, CancellationToken cancellationToken = default) =>
        GetAsync(OktaCall.App, OktaPath.To("apps", appId), OktaJson.Default.OktaApp, cancellationToken);

    /// <summary>One person's assignment to an app; <see cref="OktaFailure.NotFound"/> when it is not assigned. Scope <c>okta.apps.read</c>.</summary>
    public Task<OktaResult<AppUser>> GetAppUserAsync(string appId, string userId, CancellationToken cancellationToken = default) =>
        GetAsync(OktaCall.AppUser, OktaPath.To("apps", appId, "users", userId), OktaJson.Default.AppUser, cancellationToken);

    /// <summary>A person, by Okta id or by login. Scope <c>okta.users.read</c>.</summary>
    /// <returns>The person, or <c>login-with-slash</c>: Okta finds such a one by id only.</returns>
    public Task<OktaResult<OktaUser>> GetUserAsync(string idOrLogin, CancellationToken cancellationToken = default) =>
        idOrLogin.Contains('/', StringComparison.Ordinal)
            ? Task.FromResult<OktaResult<OktaUser>>(new OktaFailure.Refused(OktaErrors.LoginWithSlash))
            : GetAsync(OktaCall.User, OktaPath.To("users", idOrLogin), OktaJson.Default.OktaUser, cancellationToken);

    /// <summary>A group. Scope <c>okta.groups.read</c>.</summary>
    public Task<OktaResult<OktaGroup>> GetGroupAsync(string groupId, CancellationToken cancellationToken = default) =>
        GetAsync(OktaCall.Group, OktaPath.To("groups", groupId), OktaJson.Default.OktaGroup, cancellationToken);

    /// <summary>A page of an app's assignments. Scope <c>okta.apps.read</c>.</summary>
    /// <param name="appId">The app.</param>
    /// <param name="query">What to ask for; of no meaning with a cursor, which has it already.</param>
    /// <param name="after">Where to go on; null for the first page.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    public Task<OktaResult<OktaPage<AppUser>>> GetAppUsersPageAsync(
        string appId, AppUserQuery query, PageCursor? after = null, CancellationToken cancellationToken = default) =>
        GetPageAsync(OktaCall.AppUsers, OktaPath.To("apps", appId, "users"), query.ToString(), after, OktaJson.Default.AppUserArray, cancellationToken);

    /// <summary>All assignments of an app.</summary>
    public IAsyncEnumerable<PageStep<AppUser>> WalkAppUsersAsync(string appId, AppUserQuery query) =>
        PageWalk.OverAsync<AppUser>((after, cancellationToken) => GetAppUsersPageAsync(appId, query, after, cancellationToken));

    /// <summary>All groups that an app is assigned to. Scope <c>okta.apps.read</c>.</summary>
    public IAsyncEnumerable<PageStep<AppGroup>> WalkAppGroupsAsync(string appId) =>
        PageWalk.OverAsync<AppGroup>((after, cancellationToken) =>
            GetPageAsync(OktaCall.AppGroups, OktaPath.To("apps", appId, "groups"), "limit=200", after, OktaJson.Default.AppGroupArray, cancellationToken));

    /// <summary>All groups that are pushed to an app. Scopes <c>okta.apps.read</c> and <c>okta.groups.read</c>.</summary>
    public IAsyncEnumerable<PageStep<GroupPushMapping>> WalkGroupPushMappingsAsync(string appId) =>
        PageWalk.OverAsync<GroupPushMapping>((after, cancellationToken) => GetPageAsync(
            OktaCall.GroupPushMappings,
            OktaPath.To("apps", appId, "group-push", "mappings"),
            "limit=1000",
            after,
            OktaJson.Default.GroupPushMappingArray,
            cancellationToken));

    /// <summary>A page of a group's members. Scope <c>okta.groups.read</c>.</summary>
    public Task<OktaResult<OktaPage<OktaUser>>> GetGroupUsersPageAsync(string groupId, PageCursor? after = null, CancellationToken cancellationToken = default) =>
        GetPageAsync(OktaCall.GroupUsers, OktaPath.To("groups", groupId, "users"), "limit=200", after, OktaJson.Default.OktaUserArray, cancellationToken);

    /// <summary>All members of a group.</summary>
    public IAsyncEnumerable<PageStep<OktaUser>> WalkGroupUsersAsync(string groupId) =>
        PageWalk.OverAsync<OktaUser>((after, cancellationToken) => GetGroupUsersPageAsync(groupId, after, cancellationToken));

    /// <summary>
    /// A page of the System Log, oldest first. It is a poll: there is always a next page, and an empty one means "nothing more yet". Scope <c>okta.logs.read</c>.
    /// </summary>
    /// <param name="since">From when on.</param>
    /// <param name="eventTypes">Which types; none for all.</param>
    /// <param name="after">Where to go on; null to begin at <paramref name="since"/>.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    public Task<OktaResult<OktaPage<LogEvent>>> GetLogsPageAsync(
        DateTimeOffset since, IReadOnlyList<string> eventTypes, PageCursor? after = null, CancellationToken cancellationToken = default)
    {
        var query = new StringBuilder("limit=1000&sortOrder=ASCENDING&since=");
        query.Append(since.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        if (eventTypes.Count > 0)
        {
            query.Append("&filter=").Append(Uri.EscapeDataString(string.Join(" or ", eventTypes.Select(type => $"eventType eq \"{type}\""))));
        }

        return GetPageAsync(OktaCall.Logs, OktaPath.To("logs"), query.ToString(), after, OktaJson.Default.LogEventArray, cancellationToken);
    }

    /// <summary>Forgets the access token.</summary>
    public void Dispose() => _transport.Dispose();

    internal async Task<OktaResult<T>> GetAsync<T>(OktaCall call, string? path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : notnull
    {
        if (path is null)
        {
            return new OktaFailure.Refused(OktaErrors.IdInvalid);
        }

        var sent = await _transport.GetAsync(call, new Uri(_org.Origin, path), isContinuation: false, cancellationToken);
        return sent.TryGet(out var reply, out var failure) ? Read(reply.Body, type) : failure;
    }

    private async Task<OktaResult<OktaPage<T>>> GetPageAsync<T>(
        OktaCall call, string? path, string query, PageCursor? after, JsonTypeInfo<T[]> type, CancellationToken cancellationToken)
    {
        if (path is null)
        {
            return new OktaFailure.Refused(OktaErrors.IdInvalid);
        }

        if (!Uri.TryCreate(after?.Url ?? new Uri(_org.Origin, $"{path}?{query}").AbsoluteUri, UriKind.Absolute, out var url))
        {
            return new OktaFailure.Refused(OktaErrors.ForeignCursor);
        }

        if (!(await _transport.GetAsync(call, url, after is not null, cancellationToken)).TryGet(out var reply, out var failure)
            || !Read(reply.Body, type).TryGet(out var items, out failure))
        {
            return failure;
        }

        // Okta gives every page of a list a link to itself. One without any may have lost the link to the next, and is never taken for the last.
        var next = LinkHeader.Find(reply.Links, "next");
        return next is null && LinkHeader.Find(reply.Links, "self") is null
            ? new OktaFailure.Unreachable(OktaErrors.PageWithoutLinks)
            : Checked(items, next);
    }

    private OktaResult<OktaPage<T>> Checked<T>(T[] items, string? next)
    {
        if (next is null)
        {
            return new OktaPage<T>(items, null);
        }

        return Uri.TryCreate(next, UriKind.Absolute, out var url) && _org.Owns(url)
            ? new OktaPage<T>(items, new PageCursor(next))
            : new OktaFailure.Refused(OktaErrors.ForeignCursor);
    }

    private static OktaResult<T> Read<T>(byte[] body, JsonTypeInfo<T> type)
        where T : notnull
    {
        try
        {
            return JsonSerializer.Deserialize(body, type) is { } value ? value : new OktaFailure.Unreachable(OktaErrors.BodyUnreadable);
        }
        catch (JsonException)
        {
            return new OktaFailure.Unreachable(OktaErrors.BodyUnreadable);
        }
    }
}
