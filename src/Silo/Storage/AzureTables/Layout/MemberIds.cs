using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Silo.Storage.AzureTables.Layout;

/// <summary>Ids as bytes: seventeen for a UUID in lower case, which is what ids are in practice, and the text of any other.</summary>
internal static class MemberIds
{
    private const int UuidLength = 16;
    private const byte Text = 0;
    private const byte Uuid = 1;

    /// <summary>Writes what a commit does to members.</summary>
    public static byte[] Pack(MemberDelta delta)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        Write(writer, delta.Added);
        Write(writer, delta.Removed);
        return stream.ToArray();
    }

    /// <summary>Reads what <see cref="Pack"/> wrote.</summary>
    public static MemberDelta Unpack(ReadOnlyMemory<byte> packed)
    {
        using var reader = new BinaryReader(new MemoryStream(packed.ToArray()));
        return new MemberDelta(Read(reader), Read(reader));
    }

    /// <summary>Writes ids.</summary>
    public static void Write(BinaryWriter writer, IReadOnlyCollection<string> ids)
    {
        Span<byte> uuid = stackalloc byte[UuidLength];
        writer.Write7BitEncodedInt(ids.Count);
        foreach (var id in ids)
        {
            if (Guid.TryParseExact(id, "d", out var parsed) && parsed.ToString("d") == id)
            {
                parsed.TryWriteBytes(uuid, bigEndian: true, out _);
                writer.Write(Uuid);
                writer.Write(uuid);
            }
            else
            {
                writer.Write(Text);
                writer.Write(id);
            }
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static string[] Read(BinaryReader reader)
    {
        var ids = new string[reader.Read7BitEncodedInt()];
        for (var index = 0; index < ids.Length; index++)
        {
            ids[index] = reader.ReadByte() == Uuid ? new Guid(reader.ReadBytes(UuidLength), bigEndian: true).ToString("d") : reader.ReadString();
        }

        return ids;
    }
}
