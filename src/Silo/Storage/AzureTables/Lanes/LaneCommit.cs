using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Storage.AzureTables.Layout;

namespace OrleansIdentity.Silo.Storage.AzureTables.Lanes;

/// <summary>A <see cref="Commit"/> as the lane takes it: keys hashed, and what is large already in a blob.</summary>
/// <param name="Id">The commit's id.</param>
/// <param name="Change">What becomes of the record; null when there is only a fact to record.</param>
/// <param name="Event">What happened.</param>
/// <param name="Members">What becomes of the record's members; null when nothing does.</param>
/// <param name="Guard">The key that some other record of the kind has to hold; null when none must be.</param>
[GenerateSerializer, Immutable, Alias("LaneCommit")]
internal sealed record LaneCommit(
    [property: Id(0)] Guid Id,
    [property: Id(1)] LaneChange? Change,
    [property: Id(2)] LaneEvent Event,
    [property: Id(3)] LaneMembers? Members = null,
    [property: Id(4)] KeyHash? Guard = null);

/// <summary>What a commit does to its record.</summary>
/// <param name="Kind">The record's kind.</param>
/// <param name="RecordId">The record's id.</param>
/// <param name="ExpectedVersion">The version that the writer decided on; 0 when the record must not exist yet.</param>
/// <param name="IsDelete">Whether the record goes.</param>
/// <param name="Keys">The record's keys; none when it goes.</param>
/// <param name="Document">The document; empty when it goes.</param>
/// <param name="Private">What no representation shows; empty when there is nothing.</param>
[GenerateSerializer, Immutable, Alias("LaneChange")]
internal sealed record LaneChange(
    [property: Id(0)] string Kind,
    [property: Id(1)] string RecordId,
    [property: Id(2)] long ExpectedVersion,
    [property: Id(3)] bool IsDelete,
    [property: Id(4)] LaneKey[] Keys,
    [property: Id(5)] Payload Document,
    [property: Id(6)] ReadOnlyMemory<byte> Private = default);

/// <summary>What a commit does to members; see <see cref="MemberDelta"/>.</summary>
/// <param name="Added">Ids that become members.</param>
/// <param name="Removed">Ids that are no members any more.</param>
/// <param name="Packed">Both, as the event's row keeps them.</param>
[GenerateSerializer, Immutable, Alias("LaneMembers")]
internal sealed record LaneMembers([property: Id(0)] string[] Added, [property: Id(1)] string[] Removed, [property: Id(2)] Payload Packed);

/// <summary>A key and the attribute to name when it is taken.</summary>
[GenerateSerializer, Immutable, Alias("LaneKey")]
internal readonly record struct LaneKey([property: Id(0)] string Attribute, [property: Id(1)] KeyHash Hash);

/// <summary>An event; see <see cref="EventData"/>.</summary>
[GenerateSerializer, Immutable, Alias("LaneEvent")]
internal sealed record LaneEvent(
    [property: Id(0)] string Type,
    [property: Id(1)] DateTimeOffset Time,
    [property: Id(2)] string Kind,
    [property: Id(3)] string ResourceId,
    [property: Id(4)] long Version,
    [property: Id(5)] EventOrigin Origin,
    [property: Id(6)] Payload Changes);
