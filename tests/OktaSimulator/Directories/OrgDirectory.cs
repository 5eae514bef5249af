using System.Text.Json.Nodes;

namespace OrleansIdentity.OktaSimulator.Directories;

/// <summary>The people, groups and apps of an org. Every change is an event of its System Log. Calls may be parallel.</summary>
public sealed partial class OrgDirectory
{
    private readonly Lock _lock = new();
    private readonly OktaIds _ids;
    private readonly TimeProvider _time;
    private readonly SystemEvents _events;
    private readonly SortedDictionary<string, List<DirectoryUser>> _users = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, DirectoryGroup> _groups = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, DirectoryApp> _apps = new(StringComparer.Ordinal);
    private readonly List<SystemEvent> _log = [];

    internal OrgDirectory(OktaIds ids, TimeProvider time)
    {
        _ids = ids;
        _time = time;
        _events = new SystemEvents(ids, time);
    }

    /// <summary>Told of every event, in the order of the log.</summary>
    internal event Action<SystemEvent>? Happened;

    /// <summary>The System Log so far.</summary>
    public IReadOnlyList<SystemEvent> Log => Read(() => _log.ToArray());

    /// <summary>All people as they are now, by id.</summary>
    public IReadOnlyList<DirectoryUser> Users => Read(() => _users.Values.Select(history => history[^1]).ToArray());

    /// <summary>All apps, by id.</summary>
    public IReadOnlyList<DirectoryApp> Apps => Read(() => _apps.Values.ToArray());

    /// <summary>All groups, by id.</summary>
    public IReadOnlyList<DirectoryGroup> Groups => Read(() => _groups.Values.ToArray());

    /// <summary>A person as the org sees it now; null when there is none.</summary>
    /// <param name="idOrLogin">The id, or the login in any letter case.</param>
    public DirectoryUser? FindUser(string idOrLogin) => Read(() => _users.TryGetValue(idOrLogin, out var history)
        ? history[^1]
        : _users.Values.Select(one => one[^1]).FirstOrDefault(user => string.Equals(user.Login, idOrLogin, StringComparison.OrdinalIgnoreCase)));

    /// <summary>A person as an index of the org sees it, which lags behind; null when it does not know the person yet.</summary>
    internal DirectoryUser? FindIndexed(string userId, TimeSpan lag) => Read(() =>
    {
        var known = _time.GetUtcNow() - lag;
        return _users.TryGetValue(userId, out var history) ? history.FindLast(user => user.LastUpdated <= known) : null;
    });

    /// <summary>An app; null when there is none.</summary>
    public DirectoryApp? FindApp(string appId) => Read(() => _apps.GetValueOrDefault(appId));

    /// <summary>A group; null when there is none.</summary>
    public DirectoryGroup? FindGroup(string groupId) => Read(() => _groups.GetValueOrDefault(groupId));

    /// <summary>The assignments of an app, by person.</summary>
    public IReadOnlyList<Assignment> AssignmentsOf(string appId) => Read(() => _apps.TryGetValue(appId, out var app) ? app.Assignments.Values.ToArray() : []);

    /// <summary>The ids of a group's members.</summary>
    public IReadOnlyList<string> MembersOf(string groupId) => Read(() => _groups.TryGetValue(groupId, out var group) ? group.Members.ToArray() : []);

    /// <summary>The ids of the groups that an app is assigned to, in order of priority.</summary>
    public IReadOnlyList<string> GroupsOf(string appId) => Read(() => _apps.TryGetValue(appId, out var app) ? app.Groups.ToArray() : []);

    /// <summary>The ids of the groups that are pushed to an app.</summary>
    public IReadOnlyList<string> PushedGroupsOf(string appId) => Read(() => _apps.TryGetValue(appId, out var app) ? app.PushedGroups.ToArray() : []);

    /// <summary>Notes that a hook did not take a delivery.</summary>
    internal void NoteFailedDelivery(string hookId) => Change(() =>
        Publish("event_hook.delivery", SystemEvents.Target(hookId, "EventHook", "unknown", null)));

    private DirectoryUser Now(string userId) => _users.TryGetValue(userId, out var history) ? history[^1] : throw new UnknownIdException(userId);

    private DirectoryApp App(string appId) => _apps.GetValueOrDefault(appId) ?? throw new UnknownIdException(appId);

    private DirectoryGroup Group(string groupId) => _groups.GetValueOrDefault(groupId) ?? throw new UnknownIdException(groupId);

    private void Publish(string type, params JsonObject[] targets)
    {
        var happened = _events.Create(type, targets);
        _log.Add(happened);
        Happened?.Invoke(happened);
    }

    private static JsonObject Of(DirectoryUser user) => SystemEvents.Target(user.Id, "User", user.Login, $"{user.Text("firstName")} {user.Text("lastName")}");

    private static JsonObject Of(DirectoryApp app) => SystemEvents.Target(app.Id, "AppInstance", app.Label, app.Label);

    private static JsonObject Of(DirectoryGroup group) => SystemEvents.Target(group.Id, "UserGroup", "unknown", group.Name);

    private T Read<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }

    private T Change<T>(Func<T> change) => Read(change);

    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
        }
    }
}

/// <summary>A script named somebody or something that the org does not have.</summary>
public sealed class UnknownIdException(string id) : Exception($"The org has no '{id}'.");
