using System.Security.Cryptography;
using System.Text;
using OrleansIdentity.Api.SignIn.Oidc;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Integrations;
using OrleansIdentity.Okta.Connection;
using OrleansIdentity.Okta.Credentials;
using Entered = OrleansIdentity.Okta.Connection.SignInSettings;

namespace OrleansIdentity.Api.Settings;

/// <summary>Holds what an admin has entered against Okta's own endpoints, before it is saved.</summary>
internal sealed class SsoChecks(SignInCheck check, ClientSecrets secrets)
{
    private const int MaxIssuer = 500;
    private const int MaxClientId = 200;
    private const int MaxSecret = 500;

    private static readonly Refusal Missing = new(
        400, "client-secret-missing", "This client has no secret yet. Nothing was changed. Send 'clientSecret' of the app in Okta, too.");

    /// <summary>The app that is meant, with its newest secret first.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="current">What is set.</param>
    /// <param name="wanted">What was entered; null for what is set.</param>
    public (OidcSettings? Oidc, Refusal? Refused) Read(string tenant, OidcSettings? current, OidcChange? wanted)
    {
        if (wanted is null)
        {
            return current is null
                ? (null, new Refusal(400, "sso-not-set-up", "OpenID Connect was never set up. Send 'oidc' with issuer, client id and client secret of the app in Okta."))
                : (current, null);
        }

        var issuer = wanted.Issuer.Trim().TrimEnd('/');
        if (issuer.Length is 0 or > MaxIssuer || wanted.ClientId.Length is 0 or > MaxClientId || wanted.ClientSecret is { Length: 0 or > MaxSecret }
            || (issuer + wanted.ClientId + wanted.ClientSecret).Any(char.IsControl))
        {
            return (null, new Refusal(400, "sso-text-invalid", "Issuer, client id or client secret is empty, too long, or has a line break in it. Copy it anew from Okta."));
        }

        var kept = current is not null && (current.Issuer, current.ClientId) == (issuer, wanted.ClientId) ? current.Secrets : [];
        return wanted.ClientSecret switch
        {
            null when kept.Length == 0 => (null, Missing),

            // The same one sent again is no other one.
            { } secret when kept.FirstOrDefault(one => Same(secrets.Open(tenant, one), secret)) is null =>
                (new OidcSettings(issuer, wanted.ClientId, [secrets.Seal(tenant, secret), .. kept]), null),
            _ => (new OidcSettings(issuer, wanted.ClientId, kept), null),
        };
    }

    /// <summary>Asks Okta.</summary>
    public async Task<CheckView[]> RunAsync(string tenant, OidcSettings oidc, string root, CancellationToken deadline)
    {
        var entered = new Entered(oidc.Issuer, oidc.ClientId, new Secret(secrets.Open(tenant, oidc.Secrets[0])), new Uri(root + OktaPaths.Callback));
        return CheckView.From(await check.RunAsync(entered, deadline));
    }

    private static bool Same(string one, string other) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}
