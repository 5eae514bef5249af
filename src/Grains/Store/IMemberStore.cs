namespace OrleansIdentity.Grains.Store;

/// <summary>
/// The part of the port that reads who is a member of what. Members are rows, written by <see cref="Commit.Members"/> alone. Whoever was deleted is
/// in no answer from then on; the rows stay behind as departed until the group gives them up by a commit of its own. A deleted group has no rows.
/// </summary>
public interface IMemberStore
{
    /// <summary>Reads a group's members in the order of their ids.</summary>
    /// <param name="group">The group.</param>
    /// <param name="after">Start behind this id; null to start at the first.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    ValueTask<IReadOnlyList<string>> ReadMembersAsync(RecordKey group, string? after, int count, CancellationToken cancellationToken);

    /// <summary>Which of these ids are members of the group. Costs what it costs to look each up, however many members there are.</summary>
    ValueTask<IReadOnlySet<string>> FindMembersAsync(RecordKey group, IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>How many members each of some groups has, in the order of the groups; of a group that is not there, 0. Exact.</summary>
    ValueTask<IReadOnlyList<long>> CountMembersAsync(string tenant, IReadOnlyList<string> groups, CancellationToken cancellationToken);

    /// <summary>Reads the memberships of some users, in the order of the users and then of the groups' ids.</summary>
    ValueTask<IReadOnlyList<Membership>> ReadMembershipsAsync(string tenant, IReadOnlyList<string> users, CancellationToken cancellationToken);

    /// <summary>Groups, of all tenants, that have departed members.</summary>
    ValueTask<IReadOnlyList<RecordKey>> ListDepartedAsync(int count, CancellationToken cancellationToken);

    /// <summary>Departed members of a group, in the order of their ids.</summary>
    ValueTask<IReadOnlyList<string>> ReadDepartedAsync(RecordKey group, int count, CancellationToken cancellationToken);
}

/// <summary>That a user is a member of a group.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Group">The group's record.</param>
public readonly record struct Membership(string UserId, StoredRecord Group);
