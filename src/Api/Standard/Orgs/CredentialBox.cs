using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using OrleansIdentity.Api.Hosting;

namespace OrleansIdentity.Api.Standard.Orgs;

/// <summary>
/// Encrypts tenants' credentials for Okta with a key derived from the key-encryption key (AES-256-GCM). What was sealed for one tenant opens for no other: nobody
/// who can write to the store can have one tenant's credential used for another.
/// </summary>
internal sealed class CredentialBox(IOptions<SecretsOptions> options)
{
    private static readonly int Overhead = AesGcm.NonceByteSizes.MaxSize + AesGcm.TagByteSizes.MaxSize;

    private readonly byte[] _key = HKDF.DeriveKey(
        HashAlgorithmName.SHA256, options.Value.KeyBytes() ?? throw new InvalidOperationException("The options were not validated."), 32,
        info: Encoding.UTF8.GetBytes("OrleansIdentity Okta credentials"));

    /// <summary>Encrypts: nonce, tag and cipher text.</summary>
    public byte[] Seal(string tenant, string credential)
    {
        var plain = Encoding.UTF8.GetBytes(credential);
        var box = new byte[Overhead + plain.Length];
        var nonce = box.AsSpan(0, AesGcm.NonceByteSizes.MaxSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, AesGcm.TagByteSizes.MaxSize);
        aes.Encrypt(nonce, plain, box.AsSpan(Overhead), box.AsSpan(nonce.Length, AesGcm.TagByteSizes.MaxSize), Encoding.UTF8.GetBytes(tenant));
        CryptographicOperations.ZeroMemory(plain);
        return box;
    }

    /// <summary>Decrypts; null for what was not sealed for this tenant, with this key.</summary>
    public string? Open(string tenant, byte[] box)
    {
        if (box.Length < Overhead)
        {
            return null;
        }

        var plain = new byte[box.Length - Overhead];
        using var aes = new AesGcm(_key, AesGcm.TagByteSizes.MaxSize);
        try
        {
            var nonce = box.AsSpan(0, AesGcm.NonceByteSizes.MaxSize);
            aes.Decrypt(nonce, box.AsSpan(Overhead), box.AsSpan(nonce.Length, AesGcm.TagByteSizes.MaxSize), plain, Encoding.UTF8.GetBytes(tenant));
            return Encoding.UTF8.GetString(plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
