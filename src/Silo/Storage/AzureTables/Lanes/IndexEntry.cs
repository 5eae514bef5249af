using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Storage.AzureTables.Layout;

namespace OrleansIdentity.Silo.Storage.AzureTables.Lanes;

/// <summary>What the index knows of a living record. Never changes: the next version is another entry.</summary>
/// <param name="Id">The record's id.</param>
/// <param name="Version">Its version.</param>
/// <param name="CommitId">The commit that wrote it.</param>
/// <param name="Position">The place of that commit's event.</param>
/// <param name="Keys">Its keys.</param>
/// <param name="HasBlob">Whether its document lies in a blob.</param>
internal sealed record IndexEntry(string Id, long Version, Guid CommitId, long Position, KeyHash[] Keys, bool HasBlob) : IEntry;

/// <summary>What an event did to the index.</summary>
/// <param name="Kind">The record's kind.</param>
/// <param name="Entry">The record after it.</param>
/// <param name="IsDelete">Whether the record went.</param>
/// <param name="Members">What it did to the record's members; null when nothing.</param>
internal readonly record struct IndexChange(string Kind, IndexEntry Entry, bool IsDelete, MemberDelta? Members = null);

/// <summary>An event as the index reflects it.</summary>
/// <param name="Position">Its place.</param>
/// <param name="CommitId">The commit that wrote it.</param>
/// <param name="Change">What it did; null when it changed no record.</param>
internal readonly record struct IndexedEvent(long Position, Guid CommitId, IndexChange? Change);
