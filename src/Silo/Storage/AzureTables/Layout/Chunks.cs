using System.Globalization;
using Azure.Data.Tables;

namespace OrleansIdentity.Silo.Storage.AzureTables.Layout;

/// <summary>Bytes of any length in columns of at most 64 KiB: <c>Name</c>, <c>Name1</c>, <c>Name2</c>, …</summary>
internal static class Chunks
{
    private const int MaxColumn = 64 * 1024;

    /// <summary>Writes the columns.</summary>
    public static void Write(TableEntity entity, string name, ReadOnlySpan<byte> bytes)
    {
        for (var start = 0; start < bytes.Length; start += MaxColumn)
        {
            entity[Column(name, start / MaxColumn)] = bytes[start..Math.Min(start + MaxColumn, bytes.Length)].ToArray();
        }
    }

    /// <summary>Reads the columns; empty when there are none.</summary>
    public static byte[] Read(TableEntity entity, string name)
    {
        var first = entity.GetBinary(name) ?? [];
        if (first.Length < MaxColumn)
        {
            return first;
        }

        using var all = new MemoryStream();
        for (var (index, chunk) = (1, (byte[]?)first); chunk is not null; chunk = entity.GetBinary(Column(name, index++)))
        {
            all.Write(chunk);
        }

        return all.ToArray();
    }

    private static string Column(string name, int index) => index == 0 ? name : name + index.ToString(CultureInfo.InvariantCulture);
}
