using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Silo.Storage.AzureTables.Lanes;

/// <summary>What became of a commit; see <see cref="CommitOutcome"/>.</summary>
/// <param name="Position">The place of its event; 0 when nothing was written.</param>
/// <param name="TakenAttribute">The attribute of the unique key that another record holds.</param>
/// <param name="HolderId">The record that holds it.</param>
/// <param name="ReplacedBlob">Whether the record's document lay in a blob before.</param>
/// <param name="MissingIds">Those that were to become members and are no users; null when nobody was missing.</param>
/// <param name="IsRefused">Whether no other record holds the key of the commit's guard.</param>
[GenerateSerializer, Immutable, Alias("LaneReply")]
internal readonly record struct LaneReply(
    [property: Id(0)] long Position,
    [property: Id(1)] string? TakenAttribute,
    [property: Id(2)] string? HolderId,
    [property: Id(3)] bool ReplacedBlob,
    [property: Id(4)] string[]? MissingIds = null,
    [property: Id(5)] bool IsRefused = false)
{
    /// <summary>Not at the expected version.</summary>
    public static LaneReply Stale => default;

    /// <summary>No other record holds the key of the commit's guard.</summary>
    public static LaneReply Refused => new(0, null, null, false, IsRefused: true);

    /// <summary>The outcome as the port has it.</summary>
    public CommitOutcome Outcome => this switch
    {
        { Position: > 0 } => new CommitOutcome.Committed(Position),
        { TakenAttribute: { } attribute } => new CommitOutcome.Taken(attribute, HolderId!),
        { MissingIds: { } missing } => new CommitOutcome.Missing(missing),
        { IsRefused: true } => new CommitOutcome.Refused(),
        _ => new CommitOutcome.Stale(),
    };

    /// <summary>Durable at a position.</summary>
    public static LaneReply Committed(long position, bool replacedBlob = false) => new(position, null, null, replacedBlob);

    /// <summary>Another record holds a unique key.</summary>
    public static LaneReply Taken(string attribute, string holderId) => new(0, attribute, holderId, false);

    /// <summary>Some that were to become members are no users.</summary>
    public static LaneReply Missing(string[] ids) => new(0, null, null, false, ids);
}

/// <summary>A page of ids.</summary>
/// <param name="Total">How many records of the kind there are.</param>
/// <param name="Remaining">How many of them lie behind where the page starts.</param>
/// <param name="Ids">The ids, in order.</param>
[GenerateSerializer, Immutable, Alias("LanePage")]
internal readonly record struct LanePage([property: Id(0)] long Total, [property: Id(1)] long Remaining, [property: Id(2)] string[] Ids)
{
    /// <summary>A page of ids that are in order.</summary>
    public static LanePage Of(string[] ids, string? afterId, int count)
    {
        var found = afterId is null ? -1 : Array.BinarySearch(ids, afterId, StringComparer.Ordinal);
        var start = found >= 0 ? found + 1 : afterId is null ? 0 : ~found;
        return new LanePage(ids.Length, ids.Length - start, ids[start..Math.Min(ids.Length, start + Math.Min(count, ids.Length - start))]);
    }
}

/// <summary>Groups that have departed members.</summary>
/// <param name="Position">The place of the last event that this reflects.</param>
/// <param name="Groups">The groups' ids, in order.</param>
[GenerateSerializer, Immutable, Alias("LaneDepartures")]
internal readonly record struct LaneDepartures([property: Id(0)] long Position, [property: Id(1)] string[] Groups);
