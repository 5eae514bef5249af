using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OrleansIdentity.Silo.Storage.AzureTables.Layout;

/// <summary>
/// Names an index key by 128 bits: SHA-256 over attribute and value, and in the last bit whether it is unique. A row key of fixed length for values of
/// any length and characters, and sixteen bytes in memory.
/// </summary>
/// <param name="High">The first half.</param>
/// <param name="Low">The second half.</param>
[GenerateSerializer, Immutable, Alias("KeyHash")]
internal readonly record struct KeyHash([property: Id(0)] ulong High, [property: Id(1)] ulong Low)
{
    /// <summary>The length of one key as <see cref="Pack"/> writes it.</summary>
    public const int PackedLength = 16;

    /// <summary>Whether no other record may hold it, so that a row reserves it.</summary>
    public bool IsUnique => (Low & 1) == 1;

    /// <summary>The hash of a key.</summary>
    public static KeyHash Of(string attribute, string value, bool isUnique)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(attribute.AsSpan()));
        hash.AppendData([0, 0]);
        hash.AppendData(MemoryMarshal.AsBytes(value.AsSpan()));
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        var low = BinaryPrimitives.ReadUInt64BigEndian(digest[8..]);
        return new KeyHash(BinaryPrimitives.ReadUInt64BigEndian(digest), isUnique ? low | 1 : low & ~1UL);
    }

    /// <summary>Writes keys as bytes.</summary>
    public static byte[] Pack(ReadOnlySpan<KeyHash> keys)
    {
        var packed = new byte[keys.Length * PackedLength];
        for (var index = 0; index < keys.Length; index++)
        {
            var place = packed.AsSpan(index * PackedLength);
            BinaryPrimitives.WriteUInt64BigEndian(place, keys[index].High);
            BinaryPrimitives.WriteUInt64BigEndian(place[8..], keys[index].Low);
        }

        return packed;
    }

    /// <summary>Reads what <see cref="Pack"/> wrote.</summary>
    public static KeyHash[] Unpack(ReadOnlySpan<byte> packed)
    {
        var keys = new KeyHash[packed.Length / PackedLength];
        for (var index = 0; index < keys.Length; index++)
        {
            var place = packed[(index * PackedLength)..];
            keys[index] = new KeyHash(BinaryPrimitives.ReadUInt64BigEndian(place), BinaryPrimitives.ReadUInt64BigEndian(place[8..]));
        }

        return keys;
    }

    /// <summary>Thirty-two hexadecimal digits.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{High:x16}{Low:x16}");
}
