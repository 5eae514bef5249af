using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OrleansIdentity.Silo.Storage.AzureTables.Layout;

/// <summary>
/// Names an index key by 128 bits of SHA-256 over attribute, value and uniqueness: a row key of fixed length for values of any length and
/// characters, and sixteen bytes in memory.
/// </summary>
internal static class KeyHash
{
    /// <summary>The length of one key as <see cref="Pack"/> writes it.</summary>
    public const int PackedLength = 17;

    /// <summary>The hash of a key.</summary>
    public static UInt128 Of(string attribute, string value, bool isUnique)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(attribute.AsSpan()));
        hash.AppendData(isUnique ? [0, 0, 1] : [0, 0, 0]);
        hash.AppendData(MemoryMarshal.AsBytes(value.AsSpan()));
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }

    /// <summary>Writes keys as bytes.</summary>
    public static byte[] Pack(ReadOnlySpan<IndexedKey> keys)
    {
        var packed = new byte[keys.Length * PackedLength];
        for (var index = 0; index < keys.Length; index++)
        {
            var place = packed.AsSpan(index * PackedLength);
            place[0] = keys[index].IsUnique ? (byte)1 : (byte)0;
            BinaryPrimitives.WriteUInt128BigEndian(place[1..], keys[index].Hash);
        }

        return packed;
    }

    /// <summary>Reads what <see cref="Pack"/> wrote.</summary>
    public static IndexedKey[] Unpack(ReadOnlySpan<byte> packed)
    {
        var keys = new IndexedKey[packed.Length / PackedLength];
        for (var index = 0; index < keys.Length; index++)
        {
            var place = packed[(index * PackedLength)..];
            keys[index] = new IndexedKey(BinaryPrimitives.ReadUInt128BigEndian(place[1..]), place[0] == 1);
        }

        return keys;
    }
}

/// <summary>A key of a record as the index holds it.</summary>
/// <param name="Hash">See <see cref="KeyHash.Of"/>.</param>
/// <param name="IsUnique">Whether a row reserves it.</param>
internal readonly record struct IndexedKey(UInt128 Hash, bool IsUnique);
