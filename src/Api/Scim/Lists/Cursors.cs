using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Scim;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Search;

namespace OrleansIdentity.Api.Scim.Lists;

/// <summary>
/// Cursors (RFC 9865): the place where a page ended, and what must be the same on the next one, encrypted and authenticated with a key that every node
/// derives from the key-encryption key. Encrypted, since a place names a value of a resource, and addresses end up in logs. The tenant, the caller and
/// the list are authenticated with it: a cursor is worth nothing anywhere else, and by itself it grants nothing.
/// </summary>
internal sealed class Cursors
{
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int HashSize = 16;
    private const int FixedSize = sizeof(long) + sizeof(int) + HashSize;
    private const int MaxLength = 8_192;

    private readonly TimeProvider _time;

    // Not before it is needed: a missing key is told at start together with everything else that is missing.
    private readonly Lazy<byte[]> _key;

    public Cursors(IOptions<SecretsOptions> options, TimeProvider time)
    {
        _time = time;
        _key = new(() => HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            options.Value.KeyBytes() ?? throw new InvalidOperationException("The options were not validated."),
            outputLength: 32,
            info: "OrleansIdentity list cursors 1"u8.ToArray()));
    }

    /// <summary>Whose cursor it is, and of which list.</summary>
    public readonly record struct Owner(string Tenant, string Caller, string List)
    {
        // None of them can have a NUL in it.
        internal byte[] Bytes() => Encoding.UTF8.GetBytes($"{Tenant}\0{Caller}\0{List}");
    }

    /// <summary>Makes the cursor of the page that follows.</summary>
    /// <param name="owner">Whose it is.</param>
    /// <param name="search">The query.</param>
    /// <param name="place">Where the page ended.</param>
    public string Seal(Owner owner, SearchRequest search, string place)
    {
        var size = FixedSize + Encoding.UTF8.GetByteCount(place);
        Span<byte> content = new byte[size];
        BinaryPrimitives.WriteInt64BigEndian(content, (_time.GetUtcNow() + ScimLimits.Default.CursorTimeout).ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt32BigEndian(content[sizeof(long)..], search.Page.Count);
        HashOf(search).CopyTo(content[(sizeof(long) + sizeof(int))..]);
        Encoding.UTF8.GetBytes(place, content[FixedSize..]);

        Span<byte> cursor = new byte[NonceSize + size + TagSize];
        RandomNumberGenerator.Fill(cursor[..NonceSize]);
        using var cipher = new AesGcm(_key.Value, TagSize);
        cipher.Encrypt(cursor[..NonceSize], content, cursor[NonceSize..^TagSize], cursor[^TagSize..], owner.Bytes());
        return Base64Url.EncodeToString(cursor);
    }

    /// <summary>Reads a cursor.</summary>
    /// <param name="owner">Who presents it.</param>
    /// <param name="search">The query that it is presented with; it has a cursor.</param>
    /// <returns>The place, an empty text for the first page; or 400 <c>invalidCursor</c>, <c>expiredCursor</c> or <c>invalidCount</c>.</returns>
    public Outcome<string> Open(Owner owner, SearchRequest search)
    {
        var cursor = search.Page.Cursor!;
        if (cursor.Length == 0)
        {
            return "";
        }

        if (Decrypt(owner, cursor) is not { } content)
        {
            return ScimErrors.InvalidCursor();
        }

        var count = BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(sizeof(long)));
        if (DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(content)) <= _time.GetUtcNow())
        {
            return ScimErrors.ExpiredCursor(ScimLimits.Default.CursorTimeout);
        }

        return count != search.Page.Count ? ScimErrors.CountChanged(count)
            : !content.AsSpan(sizeof(long) + sizeof(int), HashSize).SequenceEqual(HashOf(search)) ? ScimErrors.CursorOfAnotherQuery()
            : Encoding.UTF8.GetString(content.AsSpan(FixedSize));
    }

    private byte[]? Decrypt(Owner owner, string cursor)
    {
        var sealedBytes = new byte[Base64Url.GetMaxDecodedLength(Math.Min(cursor.Length, MaxLength))];
        if (cursor.Length > MaxLength
            || Base64Url.DecodeFromChars(cursor, sealedBytes, out _, out var size) != OperationStatus.Done
            || size < NonceSize + FixedSize + TagSize)
        {
            return null;
        }

        var given = sealedBytes.AsSpan(0, size);
        var content = new byte[size - NonceSize - TagSize];
        using var cipher = new AesGcm(_key.Value, TagSize);
        try
        {
            cipher.Decrypt(given[..NonceSize], given[NonceSize..^TagSize], given[^TagSize..], content, owner.Bytes());
            return content;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static byte[] HashOf(SearchRequest search)
    {
        // A count before each part, so that no two queries can be written the same.
        var text = string.Concat(new[] { search.Filter, search.SortBy, search.SortOrder }.Select(part => part is null ? "-" : $"{part.Length}:{part}"));
        return SHA256.HashData(Encoding.UTF8.GetBytes(text))[..HashSize];
    }
}
