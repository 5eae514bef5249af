namespace OrleansIdentity.Grains.Store;

/// <summary>What became of a commit. A store that cannot tell throws <see cref="StoreUnavailableException"/> instead.</summary>
public abstract record CommitOutcome
{
    private CommitOutcome()
    {
    }

    /// <summary>Durable.</summary>
    /// <param name="Position">The place of its event in the tenant's log; 1 is the first.</param>
    public sealed record Committed(long Position) : CommitOutcome;

    /// <summary>Nothing was written: another record holds a unique key.</summary>
    /// <param name="Attribute">The attribute of the key.</param>
    /// <param name="HolderId">The id of the record that holds it.</param>
    public sealed record Taken(string Attribute, string HolderId) : CommitOutcome;

    /// <summary>Nothing was written: some that were to become members are no users of the tenant.</summary>
    /// <param name="Ids">All of them, in the order of <see cref="MemberDelta.Added"/>.</param>
    public sealed record Missing(IReadOnlyList<string> Ids) : CommitOutcome;

    /// <summary>Nothing was written: no other record holds the key of <see cref="Commit.Guard"/>.</summary>
    public sealed record Refused : CommitOutcome;

    /// <summary>Nothing was written: the record is not at the expected version, or its id was used before.</summary>
    public sealed record Stale : CommitOutcome;
}
