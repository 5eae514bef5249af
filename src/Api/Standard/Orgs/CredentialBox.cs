using System.Security.Cryptography;
using OrleansIdentity.Api.DataProtection;

namespace OrleansIdentity.Api.Standard.Orgs;

/// <summary>The credentials by which tenants' orgs are read: encrypted when an admin enters one, decrypted where one is sent to Okta.</summary>
internal sealed class CredentialBox(SecretBox box)
{
    /// <summary>Encrypts.</summary>
    public byte[] Seal(string tenant, string credential) => box.Seal(Context(tenant), credential);

    /// <summary>Decrypts; null for what was not sealed for this tenant, with this key.</summary>
    public string? Open(string tenant, byte[] credential)
    {
        try
        {
            return box.Open(Context(tenant), credential);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static string Context(string tenant) => $"{tenant}|okta-credential";
}
