using Azure.Data.Tables;

namespace OrleansIdentity.Silo.Storage.AzureTables.Layout;

/// <summary>Bytes that lie in the row, or, when they are too many for a transaction, in a blob that was written before it and that the row points to.</summary>
/// <param name="Bytes">The bytes; empty when a blob has them.</param>
/// <param name="Blob">The name of the blob; null when the bytes are here.</param>
[GenerateSerializer, Immutable, Alias("LanePayload")]
internal readonly record struct Payload([property: Id(0)] ReadOnlyMemory<byte> Bytes, [property: Id(1)] string? Blob)
{
    /// <summary>The most bytes in a row. A row may have 1 MiB and a transaction 4 MiB, in base64.</summary>
    public const int MaxInline = 192 * 1024;

    private const string Pointer = "Blob";

    /// <summary>Writes it into columns that begin with a name.</summary>
    public void Write(TableEntity entity, string name)
    {
        if (Blob is { } blob)
        {
            entity[name + Pointer] = blob;
        }
        else
        {
            Chunks.Write(entity, name, Bytes.Span);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static Payload Read(TableEntity entity, string name) =>
        entity.GetString(name + Pointer) is { } blob ? new Payload(default, blob) : new Payload(Chunks.Read(entity, name), null);
}
