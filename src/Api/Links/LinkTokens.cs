using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Grains.Contracts.Users;

namespace OrleansIdentity.Api.Links;

/// <summary>
/// What is in a link: whose it is, and a code made of the link's id with a key derived from the key-encryption key. So a mail can be sent again after a
/// crash, and nobody can make a link of what is in the store.
/// </summary>
internal sealed class LinkTokens(IOptions<SecretsOptions> options)
{
    private const int IdBytes = 16;

    private readonly byte[] _key = HKDF.DeriveKey(
        HashAlgorithmName.SHA256, options.Value.KeyBytes() ?? throw new InvalidOperationException("The options were not validated."), 32,
        info: Encoding.UTF8.GetBytes("OrleansIdentity links"));

    /// <summary>The last part of a link's address.</summary>
    public string Write(string tenant, string userId, string linkId) =>
        Base64Url.EncodeToString([.. Guid.Parse(userId).ToByteArray(), .. Code(tenant, userId, linkId)]);

    /// <summary>Whose link this would be; null when it cannot be one.</summary>
    public static string? UserOf(string token) =>
        Read(token) is { } bytes ? new Guid(bytes.AsSpan(0, IdBytes)).ToString() : null;

    /// <summary>Which of a user's links it is; null when it is none of them.</summary>
    public LinkView? Find(string tenant, string userId, string token, IEnumerable<LinkView> links) => Read(token) is { } bytes
        ? links.FirstOrDefault(link => CryptographicOperations.FixedTimeEquals(Code(tenant, userId, link.Id), bytes.AsSpan(IdBytes)))
        : null;

    private byte[] Code(string tenant, string userId, string linkId) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{tenant}|{userId}|{linkId}"));

    private static byte[]? Read(string token)
    {
        var bytes = new byte[IdBytes + HMACSHA256.HashSizeInBytes];
        return token.Length < 2 * bytes.Length && Base64Url.IsValid(token, out var length) && length == bytes.Length && Base64Url.TryDecodeFromChars(token, bytes, out _)
            ? bytes
            : null;
    }
}
