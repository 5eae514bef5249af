using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using OrleansIdentity.Api.Hosting;

namespace OrleansIdentity.Api.DataProtection;

/// <summary>
/// Encrypts what tenants' admins have entered with a key derived from the key-encryption key (AES-256-GCM), bound to what it is and whose: who has the store
/// alone has no secret, and a secret that was moved to another tenant or another place opens nothing.
/// </summary>
internal sealed class SecretBox(IOptions<SecretsOptions> options)
{
    private static readonly int Overhead = AesGcm.NonceByteSizes.MaxSize + AesGcm.TagByteSizes.MaxSize;

    private readonly byte[] _key = DeriveKey(options.Value, "OrleansIdentity settings");

    /// <summary>Encrypts a text.</summary>
    /// <param name="context">Whose it is and what, such as <c>acme|oidc</c>.</param>
    /// <param name="secret">The text.</param>
    public byte[] Seal(string context, string secret)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        var sealedSecret = Seal(_key, plain, Encoding.UTF8.GetBytes(context));
        CryptographicOperations.ZeroMemory(plain);
        return sealedSecret;
    }

    /// <summary>Decrypts a text.</summary>
    /// <exception cref="CryptographicException">It was not encrypted with this key, or in another context.</exception>
    public string Open(string context, byte[] sealedSecret) => Encoding.UTF8.GetString(Open(_key, sealedSecret, Encoding.UTF8.GetBytes(context)));

    internal static byte[] DeriveKey(SecretsOptions secrets, string purpose) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256, secrets.KeyBytes() ?? throw new InvalidOperationException("The options were not validated."), 32, info: Encoding.UTF8.GetBytes(purpose));

    internal static byte[] Seal(byte[] key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> context)
    {
        var all = new byte[Overhead + plain.Length];
        var nonce = all.AsSpan(0, AesGcm.NonceByteSizes.MaxSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, AesGcm.TagByteSizes.MaxSize);
        aes.Encrypt(nonce, plain, all.AsSpan(Overhead), all.AsSpan(nonce.Length, AesGcm.TagByteSizes.MaxSize), context);
        return all;
    }

    internal static byte[] Open(byte[] key, ReadOnlySpan<byte> all, ReadOnlySpan<byte> context)
    {
        if (all.Length < Overhead)
        {
            throw new CryptographicException("Nothing that was encrypted is so short.");
        }

        var plain = new byte[all.Length - Overhead];
        using var aes = new AesGcm(key, AesGcm.TagByteSizes.MaxSize);
        aes.Decrypt(all[..AesGcm.NonceByteSizes.MaxSize], all[Overhead..], all[AesGcm.NonceByteSizes.MaxSize..Overhead], plain, context);
        return plain;
    }
}
