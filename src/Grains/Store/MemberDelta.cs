namespace OrleansIdentity.Grains.Store;

/// <summary>What a commit does to the members of its group, beside what it does to the group's record.</summary>
/// <param name="Added">Ids that become members: users of the tenant, or the commit is <see cref="CommitOutcome.Missing"/>. One that is a member already stays one.</param>
/// <param name="Removed">Ids that are no members any more. One that is none is passed over.</param>
public sealed record MemberDelta(IReadOnlyList<string> Added, IReadOnlyList<string> Removed)
{
    /// <summary>Whether it does nothing.</summary>
    public bool IsEmpty => Added.Count == 0 && Removed.Count == 0;
}
