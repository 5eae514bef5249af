using System.Security.Cryptography;
using OrleansIdentity.Okta.Credentials;
using OrleansIdentity.OktaSimulator.Management.Tokens;

namespace OrleansIdentity.Okta.Tests.Support;

/// <summary>A service app with its key, at the org and at the client.</summary>
internal sealed record ServiceAppKeys(ServiceAppRegistration Registration, OktaCredential.ServiceApp Credential)
{
    private const string KeyId = "key-1";

    public static ServiceAppKeys Register(
        Harness harness, Func<ServiceAppRegistration, ServiceAppRegistration>? change = null, bool isEc = false, IReadOnlyList<string>? asksFor = null)
    {
        var (pem, publicKey) = isEc ? Ec() : Rsa();
        var plain = new ServiceAppRegistration("0oaservice", KeyId, publicKey, OktaScopes.All);
        var registration = change?.Invoke(plain) ?? plain;
        harness.Org.Tokens.Register(registration);
        return new(registration, new OktaCredential.ServiceApp("0oaservice", Harness.Parse(ClientKey.Parse(pem, KeyId)), asksFor ?? OktaScopes.All));
    }

    public static (string Pem, AsymmetricAlgorithm PublicKey) Rsa()
    {
        using var key = RSA.Create(2_048);
        return (key.ExportPkcs8PrivateKeyPem(), RSA.Create(key.ExportParameters(includePrivateParameters: false)));
    }

    public static (string Pem, AsymmetricAlgorithm PublicKey) Ec()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return (key.ExportPkcs8PrivateKeyPem(), ECDsa.Create(key.ExportParameters(includePrivateParameters: false)));
    }
}
