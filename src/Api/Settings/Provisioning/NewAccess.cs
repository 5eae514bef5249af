using OrleansIdentity.Api.Standard.Orgs;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Okta.Results;

namespace OrleansIdentity.Api.Settings.Provisioning;

/// <summary>Reads how Okta is to be reached, and seals the credential. What could not be used is refused before it is kept.</summary>
internal static class NewAccess
{
    private const int MaxText = 200;

    /// <summary>Reads it.</summary>
    /// <returns>What to keep, or what is wrong with it.</returns>
    public static OktaResult<OktaAccess> Read(string tenant, NewOktaAccess wanted, TenantOrgs orgs, CredentialBox box)
    {
        if (wanted.AppId.Length is 0 or > MaxText || !wanted.AppId.All(char.IsAsciiLetterOrDigit))
        {
            return Refused("app-id-invalid", "'appId' is no app id: it has letters and digits only, and begins with '0oa'. Copy it from the app's address in Okta.");
        }

        var (secret, clientId, keyId) = wanted switch
        {
            { ApiToken: { } token, ServiceApp: null } => (token, null, null),
            { ApiToken: null, ServiceApp: { } app } => (app.PrivateKey, app.ClientId, app.KeyId),
            _ => ((string?)null, (string?)null, (string?)null),
        };
        if (secret is null)
        {
            return Refused("credential-missing", "Give either 'apiToken' or 'serviceApp'.");
        }

        if (clientId is { Length: 0 or > MaxText } || keyId is { Length: > MaxText } || wanted.Org.Length > MaxText)
        {
            return Refused("okta-access-invalid", $"The client id must have 1 to {MaxText} characters, and the key id and the address at most as many.");
        }

        var access = new OktaAccess(wanted.Org, wanted.AppId, clientId, keyId, box.Seal(tenant, secret));
        return orgs.Connect(tenant, access).TryGet(out var connection, out var failure) ? access with { Org = connection.Org.ToString() } : failure;
    }

    private static OktaFailure.Refused Refused(string id, string message) => new(new OktaError(id, message));
}
