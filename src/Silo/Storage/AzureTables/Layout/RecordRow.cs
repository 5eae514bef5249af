using Azure.Data.Tables;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Storage.AzureTables.Lanes;

namespace OrleansIdentity.Silo.Storage.AzureTables.Layout;

/// <summary>The row of a record. A deleted record keeps its row, without document and keys, so that its id is never used again.</summary>
internal static class RecordRow
{
    /// <summary>The column that says whether the record lives.</summary>
    public const string Live = "Live";

    /// <summary>The columns that the index is made of.</summary>
    public static readonly string[] IndexColumns = ["Id", "Kind", Live, "Version", "CommitId", "Position", "Keys", "DocumentBlob"];

    /// <summary>The row after a commit.</summary>
    public static TableEntity Write(string tenant, LaneChange change, IndexEntry entry)
    {
        var row = new TableEntity(TableKeys.Partition(tenant), TableKeys.Record(change.Kind, change.RecordId))
        {
            ["Id"] = entry.Id,
            ["Kind"] = change.Kind,
            [Live] = !change.IsDelete,
            ["Version"] = entry.Version,
            ["CommitId"] = entry.CommitId,
            ["Position"] = entry.Position,
        };
        if (!change.IsDelete)
        {
            Chunks.Write(row, "Keys", KeyHash.Pack(entry.Keys));
            change.Document.Write(row, "Document");
            Chunks.Write(row, "Private", change.Private.Span);
        }

        return row;
    }

    /// <summary>Whether the record lives.</summary>
    public static bool IsLive(TableEntity row) => row.GetBoolean(Live) == true;

    /// <summary>What the index keeps of the row.</summary>
    public static IndexEntry Index(TableEntity row) => new(
        Id(row), row.GetInt64("Version")!.Value, row.GetGuid("CommitId")!.Value, row.GetInt64("Position")!.Value,
        KeyHash.Unpack(Chunks.Read(row, "Keys")), row.ContainsKey("DocumentBlob"));

    /// <summary>The record's kind.</summary>
    public static string Kind(TableEntity row) => row.GetString("Kind");

    /// <summary>The record's id.</summary>
    public static string Id(TableEntity row) => row.GetString("Id");

    /// <summary>The record's document, or where it is.</summary>
    public static Payload Document(TableEntity row) => Payload.Read(row, "Document");

    /// <summary>The record.</summary>
    public static StoredRecord Record(TableEntity row, RecordKey key, ReadOnlyMemory<byte> document) =>
        new(key, row.GetInt64("Version")!.Value, row.GetGuid("CommitId")!.Value, document, Chunks.Read(row, "Private"));
}
