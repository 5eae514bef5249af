using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.Options;
using OrleansIdentity.Api.Hosting;

namespace OrleansIdentity.Api.DataProtection;

/// <summary>Encrypts the keys of Data Protection with a key derived from the key-encryption key (AES-256-GCM): who has the data alone has no key.</summary>
internal sealed class KeyEncryption(IOptions<SecretsOptions> options) : IXmlEncryptor
{
    /// <summary>The element that holds an encrypted key: nonce, tag and cipher text in base64.</summary>
    public const string ElementName = "aesGcm";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var sealedKey = new byte[AesGcm.NonceByteSizes.MaxSize + AesGcm.TagByteSizes.MaxSize + plain.Length];
        var (nonce, tag, cipher) = Parts(sealedKey);
        RandomNumberGenerator.Fill(nonce);
        using var aes = Open(options.Value);
        aes.Encrypt(nonce, plain, cipher, tag);
        CryptographicOperations.ZeroMemory(plain);
        return new EncryptedXmlInfo(new XElement(ElementName, Convert.ToBase64String(sealedKey)), typeof(KeyDecryption));
    }

    internal static AesGcm Open(SecretsOptions secrets)
    {
        var key = secrets.KeyBytes() ?? throw new InvalidOperationException("The options were not validated.");
        return new AesGcm(HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, info: Encoding.UTF8.GetBytes("OrleansIdentity data protection")), AesGcm.TagByteSizes.MaxSize);
    }

    internal static SealedParts Parts(Span<byte> sealedKey) => new(
        sealedKey[..AesGcm.NonceByteSizes.MaxSize],
        sealedKey.Slice(AesGcm.NonceByteSizes.MaxSize, AesGcm.TagByteSizes.MaxSize),
        sealedKey[(AesGcm.NonceByteSizes.MaxSize + AesGcm.TagByteSizes.MaxSize)..]);

    internal readonly ref struct SealedParts(Span<byte> nonce, Span<byte> tag, Span<byte> cipher)
    {
        private readonly Span<byte> _nonce = nonce;
        private readonly Span<byte> _tag = tag;
        private readonly Span<byte> _cipher = cipher;

        public void Deconstruct(out Span<byte> nonce, out Span<byte> tag, out Span<byte> cipher)
        {
            nonce = _nonce;
            tag = _tag;
            cipher = _cipher;
        }
    }
}

/// <summary>Decrypts what <see cref="KeyEncryption"/> has encrypted. Data Protection makes it by name, with the services of the host.</summary>
internal sealed class KeyDecryption(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        var sealedKey = Convert.FromBase64String(encryptedElement.Value);
        var (nonce, tag, cipher) = KeyEncryption.Parts(sealedKey);
        var plain = new byte[cipher.Length];
        using var aes = KeyEncryption.Open(services.GetRequiredService<IOptions<SecretsOptions>>().Value);
        aes.Decrypt(nonce, cipher, tag, plain);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }
}
