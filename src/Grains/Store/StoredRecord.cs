namespace OrleansIdentity.Grains.Store;

/// <summary>A record as the store holds it.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Version">1 after its creation, one more with each commit: the number of its events.</param>
/// <param name="CommitId">The commit that wrote it.</param>
/// <param name="Document">UTF-8 JSON, opaque to the store but for filters.</param>
/// <param name="Private">What belongs to the record and no representation shows, UTF-8 JSON; empty when there is nothing. Filters do not see it.</param>
public sealed record StoredRecord(RecordKey Key, long Version, Guid CommitId, ReadOnlyMemory<byte> Document, ReadOnlyMemory<byte> Private = default);
