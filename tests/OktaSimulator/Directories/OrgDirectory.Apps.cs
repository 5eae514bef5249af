namespace OrleansIdentity.OktaSimulator.Directories;

public sealed partial class OrgDirectory
{
    /// <summary>Creates an app.</summary>
    public DirectoryApp CreateApp(string label, string signOnMode = "OPENID_CONNECT") => Change(() =>
    {
        var app = new DirectoryApp(_ids.New("0oa"), label, signOnMode);
        _apps[app.Id] = app;
        Publish("application.lifecycle.create", Of(app));
        return app;
    });

    /// <summary>Deletes an app, with its assignments.</summary>
    public void DeleteApp(string appId) => Change(() =>
    {
        var app = App(appId);
        _apps.Remove(appId);
        Publish("application.lifecycle.delete", Of(app));
        return app;
    });

    /// <summary>Assigns an app to a person by name.</summary>
    public void Assign(string appId, string userId) => Change(() =>
    {
        _ = Now(userId);
        App(appId).DirectUsers.Add(userId);
        Settle(App(appId), userId);
    });

    /// <summary>Takes back an assignment by name; one through a group stays.</summary>
    public void Unassign(string appId, string userId) => Change(() =>
    {
        App(appId).DirectUsers.Remove(userId);
        Settle(App(appId), userId);
    });

    /// <summary>Notes what provisioning says about an assignment.</summary>
    public void SetProvisioned(string appId, string userId, string? externalId, string status, string syncState) => Change(() =>
    {
        var assignments = App(appId).Assignments;
        var assignment = assignments.GetValueOrDefault(userId) ?? throw new UnknownIdException(userId);
        assignments[userId] = assignment with { ExternalId = externalId, Status = status, SyncState = syncState };
    });

    /// <summary>Assigns an app to a group, and so to its members.</summary>
    public void AssignGroup(string appId, string groupId) => Change(() =>
    {
        var (app, group) = (App(appId), Group(groupId));
        if (!app.Groups.Contains(groupId))
        {
            app.Groups.Add(groupId);
            Publish("group.application_assignment.add", Of(group), Of(app));
            SettleAll(app, group.Members);
        }
    });

    /// <summary>Takes it back.</summary>
    public void UnassignGroup(string appId, string groupId) => Change(() =>
    {
        var (app, group) = (App(appId), Group(groupId));
        if (app.Groups.Remove(groupId))
        {
            Publish("group.application_assignment.remove", Of(group), Of(app));
            SettleAll(app, group.Members);
        }
    });

    /// <summary>Pushes a group to an app.</summary>
    public void PushGroup(string appId, string groupId) => Change(() =>
    {
        if (!App(appId).PushedGroups.Contains(Group(groupId).Id))
        {
            App(appId).PushedGroups.Add(groupId);
        }
    });

    private void SettleAll(DirectoryApp app, IEnumerable<string> userIds)
    {
        foreach (var userId in userIds.ToArray())
        {
            Settle(app, userId);
        }
    }

    // What should be assigned follows from people and groups; here it becomes so, with its event.
    private void Settle(DirectoryApp app, string userId)
    {
        var user = Now(userId);
        var isDirect = app.DirectUsers.Contains(userId);
        var should = user.IsThere && (isDirect || app.Groups.Any(group => Group(group).Members.Contains(userId)));
        var has = app.Assignments.TryGetValue(userId, out var assignment);
        if (should && !has)
        {
            assignment = new Assignment(userId, isDirect ? "USER" : "GROUP", _time.GetUtcNow()) { EventId = _ids.New("0ua") };
            app.Assignments[userId] = assignment;
        }
        else if (should)
        {
            app.Assignments[userId] = assignment! with { Scope = isDirect ? "USER" : "GROUP" };
        }
        else
        {
            app.Assignments.Remove(userId);
        }

        if (should != has)
        {
            var appUser = SystemEvents.Target(assignment!.EventId, "AppUser", user.Login, $"{user.Text("firstName")} {user.Text("lastName")}");
            Publish($"application.user_membership.{(should ? "add" : "remove")}", appUser, Of(app), Of(user));
        }
    }
}
