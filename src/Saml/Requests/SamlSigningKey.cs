using System.Security.Cryptography;
using OrleansIdentity.Saml.Certificates;

namespace OrleansIdentity.Saml.Requests;

/// <summary>The key that requests are signed with (RSA-SHA256), and the certificate that is published for it. The key belongs to the caller, who disposes of it.</summary>
/// <param name="Key">The private key.</param>
/// <param name="Certificate">The certificate of that key.</param>
public sealed record SamlSigningKey(RSA Key, SamlCertificate Certificate)
{
    /// <summary>The certificate alone.</summary>
    public override string ToString() => $"SamlSigningKey {Certificate.Thumbprint}";
}
