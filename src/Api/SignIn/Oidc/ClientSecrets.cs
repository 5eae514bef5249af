using OrleansIdentity.Api.DataProtection;
using OrleansIdentity.Grains.Contracts.Integrations;

namespace OrleansIdentity.Api.SignIn.Oidc;

/// <summary>The client secrets of tenants: encrypted when an admin enters one, decrypted where one is sent to Okta.</summary>
internal sealed class ClientSecrets(SecretBox box, TimeProvider time)
{
    /// <summary>Encrypts a new one.</summary>
    public SealedSecret Seal(string tenant, string secret)
    {
        var now = time.GetUtcNow();
        return new SealedSecret(Guid.CreateVersion7(now).ToString("n")[..16], box.Seal(Context(tenant), secret), now);
    }

    /// <summary>Decrypts one.</summary>
    public string Open(string tenant, SealedSecret secret) => box.Open(Context(tenant), secret.Sealed);

    private static string Context(string tenant) => $"{tenant}|oidc-client-secret";
}
