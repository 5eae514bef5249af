namespace OrleansIdentity.OktaSimulator.Directories;

public sealed partial class OrgDirectory
{
    /// <summary>Creates a group.</summary>
    public DirectoryGroup CreateGroup(string name) => Change(() =>
    {
        var group = new DirectoryGroup(_ids.New("00g"), name);
        _groups[group.Id] = group;
        Publish("group.lifecycle.create", Of(group));
        return group;
    });

    /// <summary>Renames a group.</summary>
    public void RenameGroup(string groupId, string name) => Change(() =>
    {
        _groups[groupId] = Group(groupId) with { Name = name };
        Publish("group.profile.update", Of(Group(groupId)));
    });

    /// <summary>Adds a person to a group; apps that are assigned to the group follow.</summary>
    public void AddToGroup(string groupId, string userId) => Change(() =>
    {
        if (Group(groupId).Members.Add(Now(userId).Id))
        {
            Publish("group.user_membership.add", Of(Now(userId)), Of(Group(groupId)));
            SettleIn(groupId, userId);
        }
    });

    /// <summary>Removes a person from a group.</summary>
    public void RemoveFromGroup(string groupId, string userId) => Change(() =>
    {
        if (Group(groupId).Members.Remove(userId))
        {
            Publish("group.user_membership.remove", Of(Now(userId)), Of(Group(groupId)));
            SettleIn(groupId, userId);
        }
    });

    /// <summary>Deletes a group; what was assigned through it is so no longer.</summary>
    public void DeleteGroup(string groupId) => Change(() =>
    {
        var group = Group(groupId);
        foreach (var app in _apps.Values)
        {
            app.PushedGroups.Remove(groupId);
            UnassignGroup(app.Id, groupId);
        }

        _groups.Remove(groupId);
        Publish("group.lifecycle.delete", Of(group));
    });

    private void SettleIn(string groupId, string userId)
    {
        foreach (var app in _apps.Values.Where(app => app.Groups.Contains(groupId)))
        {
            Settle(app, userId);
        }
    }
}
