using Azure.Data.Tables;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Storage.AzureTables.Lanes;

namespace OrleansIdentity.Silo.Storage.AzureTables.Layout;

/// <summary>The row of an event: what happened, and beside it what the index has to know of the record's change.</summary>
internal static class EventRow
{
    /// <summary>The columns that the index is made of.</summary>
    public static readonly string[] IndexColumns =
    [
        "RowKey", "CommitId", "Position", "RecordKind", "RecordId", "RecordVersion", "RecordDeleted", "RecordHasBlob", "RecordKeys",
        MemberChanges, "Members", "Members1", "Members2", "MembersBlob",
    ];

    /// <summary>What an event that changes memberships fulfils.</summary>
    public const string ChangesMembers = $"({MemberChanges} gt 0 or RecordDeleted eq true)";

    private const string MemberChanges = "MemberChanges";

    /// <summary>The row of a commit's event.</summary>
    public static TableEntity Write(string tenant, LaneCommit commit, long position, IndexChange? change)
    {
        var data = commit.Event;
        var row = new TableEntity(TableKeys.Partition(tenant), TableKeys.Event(position))
        {
            ["Position"] = position,
            ["CommitId"] = commit.Id,
            ["Type"] = data.Type,
            ["Ticks"] = data.Time.UtcTicks,
            ["Kind"] = data.Kind,
            ["ResourceId"] = data.ResourceId,
            ["Version"] = data.Version,
            ["Source"] = data.Origin.Source,
            ["Actor"] = data.Origin.Actor,
            ["CorrelationId"] = data.Origin.CorrelationId,
        };
        data.Changes.Write(row, "Changes");
        if (change is { } made)
        {
            row["RecordKind"] = made.Kind;
            row["RecordId"] = made.Entry.Id;
            row["RecordVersion"] = made.Entry.Version;
            row["RecordDeleted"] = made.IsDelete;
            row["RecordHasBlob"] = made.Entry.HasBlob;
            Chunks.Write(row, "RecordKeys", KeyHash.Pack(made.Entry.Keys));
        }

        if (commit.Members is { } members)
        {
            row[MemberChanges] = members.Added.Length + members.Removed.Length;
            members.Packed.Write(row, "Members");
        }

        return row;
    }

    /// <summary>The event's place.</summary>
    public static long Position(TableEntity row) => row.GetInt64("Position")!.Value;

    /// <summary>The commit that wrote it.</summary>
    public static Guid CommitId(TableEntity row) => row.GetGuid("CommitId")!.Value;

    /// <summary>What it did to the index; null when it changed no record.</summary>
    /// <param name="row">The row.</param>
    /// <param name="members">What <see cref="Members"/> holds, unpacked.</param>
    public static IndexChange? Change(TableEntity row, MemberDelta? members) => row.GetString("RecordKind") is not { } kind
        ? null
        : new IndexChange(
            kind,
            new IndexEntry(
                row.GetString("RecordId"), row.GetInt64("RecordVersion")!.Value, CommitId(row), Position(row),
                KeyHash.Unpack(Chunks.Read(row, "RecordKeys")), row.GetBoolean("RecordHasBlob") == true),
            row.GetBoolean("RecordDeleted") == true,
            members);

    /// <summary>What it did to members, packed, or where that is; null when nothing.</summary>
    public static Payload? Members(TableEntity row) => row.ContainsKey(MemberChanges) ? Payload.Read(row, "Members") : null;

    /// <summary>What changed, or where it is.</summary>
    public static Payload Changes(TableEntity row) => Payload.Read(row, "Changes");

    /// <summary>Empties what the row itself says about changes. What the index is made of stays.</summary>
    public static void EraseChanges(TableEntity row)
    {
        foreach (var column in row.Keys.Where(name => name.StartsWith("Changes", StringComparison.Ordinal)).ToArray())
        {
            row.Remove(column);
        }

        new Payload("[]"u8.ToArray(), null).Write(row, "Changes");
    }

    /// <summary>The event.</summary>
    public static StoredEvent Event(TableEntity row, ReadOnlyMemory<byte> changes) => new(
        Position(row),
        CommitId(row),
        new EventData(
            row.GetString("Type"), new DateTimeOffset(row.GetInt64("Ticks")!.Value, TimeSpan.Zero), row.GetString("Kind"),
            row.GetString("ResourceId"), row.GetInt64("Version")!.Value,
            new EventOrigin(row.GetString("Source"), row.GetString("Actor"), row.GetString("CorrelationId")), changes));
}
