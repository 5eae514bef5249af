using System.Text.Json.Nodes;

namespace OrleansIdentity.OktaSimulator.Directories;

public sealed partial class OrgDirectory
{
    /// <summary>Creates a person who is active.</summary>
    public DirectoryUser CreateUser(string login, string firstName, string lastName, JsonObject? more = null) => Change(() =>
    {
        var now = _time.GetUtcNow();
        var profile = new JsonObject { ["login"] = login, ["email"] = login, ["firstName"] = firstName, ["lastName"] = lastName };
        Lay(more, profile);
        var user = new DirectoryUser(_ids.New("00u"), DirectoryStatus.Active, profile, now, now);
        _users[user.Id] = [user];
        Publish("user.lifecycle.create", Of(user));
        Publish("user.lifecycle.activate", Of(user));
        return user;
    });

    /// <summary>Changes attributes of a profile; null empties one.</summary>
    public void UpdateProfile(string userId, JsonObject changes) => Change(() =>
    {
        var user = Now(userId);
        var profile = (JsonObject)user.Profile.DeepClone();
        Lay(changes, profile);
        Put(user with { Profile = profile });
        Publish("user.account.update_profile", Of(Now(userId)));
    });

    /// <summary>Deactivates: all assignments end.</summary>
    public void Deactivate(string userId) => SetStatus(userId, DirectoryStatus.Deprovisioned, "user.lifecycle.deactivate");

    /// <summary>Reactivates: assignments through groups come back, those by name do not.</summary>
    public void Reactivate(string userId) => SetStatus(userId, DirectoryStatus.Active, "user.lifecycle.reactivate");

    /// <summary>Suspends: assignments stay.</summary>
    public void Suspend(string userId) => SetStatus(userId, DirectoryStatus.Suspended, "user.lifecycle.suspend");

    /// <summary>Ends a suspension.</summary>
    public void Unsuspend(string userId) => SetStatus(userId, DirectoryStatus.Active, "user.lifecycle.unsuspend");

    /// <summary>Locks out, as after wrong passwords.</summary>
    public void LockOut(string userId) => SetStatus(userId, DirectoryStatus.LockedOut, "user.account.lock");

    /// <summary>Deletes a person; one who is not deactivated is deactivated first, as Okta demands.</summary>
    public void Delete(string userId) => Change(() =>
    {
        if (Now(userId).IsThere)
        {
            Deactivate(userId);
        }

        var user = Now(userId);
        Publish("user.lifecycle.delete.initiated", Of(user));
        _users.Remove(userId);
        foreach (var group in _groups.Values)
        {
            group.Members.Remove(userId);
        }

        Publish("user.lifecycle.delete.completed", Of(user));
    });

    private void SetStatus(string userId, string status, string eventType) => Change(() =>
    {
        var user = Now(userId);
        if (user.Status == status)
        {
            return;
        }

        Put(user with { Status = status, StatusChanged = _time.GetUtcNow() });
        Publish(eventType, Of(user));
        foreach (var app in _apps.Values)
        {
            if (status == DirectoryStatus.Deprovisioned)
            {
                app.DirectUsers.Remove(userId);
            }

            Settle(app, userId);
        }
    });

    private void Put(DirectoryUser user) => _users[user.Id].Add(user with { LastUpdated = _time.GetUtcNow() });

    private static void Lay(JsonObject? values, JsonObject profile)
    {
        foreach (var (name, value) in values ?? [])
        {
            profile[name] = value?.DeepClone();
        }
    }
}
