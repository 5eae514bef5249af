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
        var sealedKey = SecretBox.Seal(Key(options.Value), plain, []);
        CryptographicOperations.ZeroMemory(plain);
        return new EncryptedXmlInfo(new XElement(ElementName, Convert.ToBase64String(sealedKey)), typeof(KeyDecryption));
    }

    internal static byte[] Key(SecretsOptions secrets) => SecretBox.DeriveKey(secrets, "OrleansIdentity data protection");
}

/// <summary>Decrypts what <see cref="KeyEncryption"/> has encrypted. Data Protection makes it by name, with the services of the host.</summary>
internal sealed class KeyDecryption(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        var key = KeyEncryption.Key(services.GetRequiredService<IOptions<SecretsOptions>>().Value);
        return XElement.Parse(Encoding.UTF8.GetString(SecretBox.Open(key, Convert.FromBase64String(encryptedElement.Value), [])));
    }
}
