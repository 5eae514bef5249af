using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Silo.Storage.AzureTables.Lanes;

/// <summary>
/// Who is a member of what, in both directions: what the events in their order have made of it, each reflected once. Whoever was deleted is a member
/// no more; the group's departed are kept apart until it gives them up.
/// </summary>
/// <param name="known">Gives an id as a string that is in memory anyway, so that a membership costs references alone.</param>
internal sealed class MemberIndex(Func<string, string> known)
{
    private readonly Dictionary<string, Group> _groups = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _withDeparted = new(StringComparer.Ordinal);

    // One group, or an array of them in order that is never changed: many users have one.
    private readonly Dictionary<string, object> _memberships = new(StringComparer.Ordinal);

    /// <summary>All groups with members or departed.</summary>
    public IEnumerable<(string Id, IReadOnlyCollection<string> Members, IReadOnlyCollection<string> Departed)> Groups =>
        _groups.Values.Select(group => (group.Id, (IReadOnlyCollection<string>)group.Members.Ids(0, int.MaxValue), (IReadOnlyCollection<string>)group.Departed));

    /// <summary>Reflects the next event.</summary>
    public void Apply(IndexChange change)
    {
        switch (change)
        {
            case { Kind: RecordKinds.Group, IsDelete: true }:
                Drop(change.Entry.Id);
                break;
            case { Kind: RecordKinds.User, IsDelete: true }:
                Depart(change.Entry.Id);
                break;
            case { Members: { } members }:
                Change(change.Entry.Id, members);
                break;
        }
    }

    /// <summary>Takes a group from a snapshot.</summary>
    public void Load(string id, string[] members, string[] departed)
    {
        Change(id, new MemberDelta(members, []));
        foreach (var user in departed)
        {
            AddDeparted(Of(id), user);
        }
    }

    /// <summary>A page of ids: of the users in a group, or of the groups with a user in them.</summary>
    /// <param name="kind">The kind of the ids.</param>
    /// <param name="with">The record at the other end.</param>
    /// <param name="afterId">Start behind this id; null to start at the first.</param>
    /// <param name="skip">How many to pass over from there.</param>
    /// <param name="count">How many at most.</param>
    public LanePage Page(string kind, string with, string? afterId, int skip, int count)
    {
        if (kind == RecordKinds.User)
        {
            return _groups.TryGetValue(with, out var group) ? group.Members.Page(afterId, skip, count) : new LanePage(0, 0, []);
        }

        var groups = GroupsOf(with);
        var behind = afterId is null ? groups : [.. groups.Where(id => string.CompareOrdinal(id, afterId) > 0)];
        return new LanePage(groups.Length, behind.Length, [.. behind.Skip(skip).Take(count)]);
    }

    /// <summary>Which of some ids are at the other end of a record's memberships.</summary>
    public string[] Find(string kind, string with, string[] ids)
    {
        if (kind == RecordKinds.User)
        {
            return _groups.TryGetValue(with, out var group) ? Array.FindAll(ids, group.Members.Contains) : [];
        }

        var groups = GroupsOf(with);
        return Array.FindAll(ids, id => Array.BinarySearch(groups, id, StringComparer.Ordinal) >= 0);
    }

    /// <summary>How many members a group has.</summary>
    public long Count(string group) => _groups.TryGetValue(group, out var found) ? found.Members.Count : 0;

    /// <summary>The groups of a user, in order.</summary>
    public string[] GroupsOf(string user) => _memberships.GetValueOrDefault(user) switch
    {
        null => [],
        string one => [one],
        var several => (string[])several,
    };

    /// <summary>The first groups that have departed members, in order.</summary>
    public string[] WithDeparted(int count) => [.. _withDeparted.Take(count)];

    /// <summary>The first departed members of a group, in order.</summary>
    public string[] Departed(string group, int count) => _groups.TryGetValue(group, out var found) ? [.. found.Departed.Take(count)] : [];

    private void Change(string id, MemberDelta delta)
    {
        var group = Of(id);
        foreach (var user in delta.Removed)
        {
            if (group.Members.Remove(user))
            {
                Leave(user, group);
            }

            group.Departed.Remove(user);
        }

        foreach (var user in delta.Added)
        {
            if (!group.Members.Contains(user))
            {
                Join(known(user), group);
            }
        }

        Settle(group);
    }

    private void Depart(string user)
    {
        foreach (var group in GroupsOf(user).Select(Of))
        {
            group.Members.Remove(user);
            AddDeparted(group, user);
        }

        _memberships.Remove(user);
    }

    private void Drop(string id)
    {
        if (_groups.Remove(id, out var group))
        {
            _withDeparted.Remove(id);
            foreach (var user in group.Members.All)
            {
                Leave(user.Id, group);
            }
        }
    }

    private void Join(string user, Group group)
    {
        group.Members.Add(new Member(user));
        _memberships[user] = GroupsOf(user) switch
        {
            [] => group.Id,
            var others => others.Append(group.Id).Order(StringComparer.Ordinal).ToArray(),
        };
    }

    private void Leave(string user, Group group)
    {
        switch (Array.FindAll(GroupsOf(user), id => id != group.Id))
        {
            case []:
                _memberships.Remove(user);
                break;
            case [var one]:
                _memberships[user] = one;
                break;
            case var several:
                _memberships[user] = several;
                break;
        }
    }

    private void AddDeparted(Group group, string user)
    {
        group.Departed.Add(user);
        _withDeparted.Add(group.Id);
    }

    private void Settle(Group group)
    {
        if (group.Departed.Count == 0)
        {
            _withDeparted.Remove(group.Id);
            if (group.Members.Count == 0)
            {
                _groups.Remove(group.Id);
            }
        }
    }

    private Group Of(string id) => _groups.TryGetValue(id, out var group) ? group : _groups[id] = new Group(id);

    private readonly record struct Member(string Id) : IEntry;

    private sealed class Group(string id)
    {
        public string Id => id;

        public SortedEntries<Member> Members { get; } = new();

        public SortedSet<string> Departed { get; } = new(StringComparer.Ordinal);
    }
}
