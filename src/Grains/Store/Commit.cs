namespace OrleansIdentity.Grains.Store;

/// <summary>
/// One atomic step: at most one record changes, and exactly one event says so. Either all of it is durable or none of it is.
/// </summary>
/// <param name="Id">Chosen by the writer. The record keeps it, so that the same commit sent again is answered <see cref="CommitOutcome.Committed"/>, not "stale" or "taken".</param>
/// <param name="Tenant">The tenant whose log the event joins, and the owner of the record.</param>
/// <param name="Change">What becomes of the record; null when there is only a fact to record.</param>
/// <param name="Event">What happened.</param>
/// <param name="Members">What becomes of the members of the group that is put; null when nothing does.</param>
/// <param name="Guard">What must still be so afterwards; null when nothing must.</param>
public sealed record Commit(Guid Id, string Tenant, RecordChange? Change, EventData Event, MemberDelta? Members = null, KeyGuard? Guard = null);

/// <summary>Some other record of the same tenant and kind has to hold a key, or the commit is <see cref="CommitOutcome.Refused"/>: the last one must not give it up.</summary>
/// <param name="Key">The key, not a unique one.</param>
public sealed record KeyGuard(IndexKey Key);

/// <summary>What a commit does to its record.</summary>
/// <param name="Key">The record.</param>
/// <param name="ExpectedVersion">The version that the writer decided on; 0 when the record must not exist yet.</param>
public abstract record RecordChange(RecordKey Key, long ExpectedVersion);

/// <summary>Creates or replaces the record. Its version becomes <see cref="RecordChange.ExpectedVersion"/> + 1.</summary>
/// <param name="Key">The record.</param>
/// <param name="ExpectedVersion">The version that the writer decided on; 0 when the record must not exist yet.</param>
/// <param name="Document">The new document, UTF-8 JSON.</param>
/// <param name="Keys">All keys of the new document; keys of the old one that are not among them are given up.</param>
public sealed record PutRecord(RecordKey Key, long ExpectedVersion, ReadOnlyMemory<byte> Document, IReadOnlyList<IndexKey> Keys)
    : RecordChange(Key, ExpectedVersion)
{
    /// <summary>The most bytes that <see cref="Private"/> may have.</summary>
    public const int MaxPrivateBytes = 64 * 1024;

    /// <summary>What belongs to the record and no representation shows, UTF-8 JSON of at most <see cref="MaxPrivateBytes"/>; empty when there is nothing.</summary>
    public ReadOnlyMemory<byte> Private { get; init; }
}

/// <summary>
/// Deletes the record: its keys are free again, its id never is. A group's members go with it; a user's memberships become departed,
/// see <see cref="IMemberStore"/>.
/// </summary>
/// <param name="Key">The record.</param>
/// <param name="ExpectedVersion">The version that the writer decided on.</param>
public sealed record DeleteRecord(RecordKey Key, long ExpectedVersion) : RecordChange(Key, ExpectedVersion);
