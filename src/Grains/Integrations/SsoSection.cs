using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Contracts.Integrations;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Tenants;
using OrleansIdentity.Scim.Resources;

namespace OrleansIdentity.Grains.Integrations;

/// <summary>Decides about single sign-on. Pure. Whether Okta agrees with what was entered has been asked before.</summary>
internal static class SsoSection
{
    /// <summary>How many client secrets may be live at once: the one in use and the one that replaces it.</summary>
    public const int MaxSecrets = 2;

    /// <summary>Chooses the method, with what it takes.</summary>
    public static TenantDecision Set(TenantState current, SetSso command)
    {
        var before = current.Sso ?? SsoSettings.None;
        var oidc = command.Oidc is { } wanted ? Merge(before.Oidc, wanted) : before.Oidc;
        return command.Method switch
        {
            SsoMethod.None when current.SignIn is { SsoOnly: true } => IntegrationLifecycle.Refuse(
                409, "sso-only", "Passwords are turned off, so without single sign-on nobody could sign in. Nothing was changed. Set 'ssoOnly' of the policy to false first."),
            SsoMethod.OpenIdConnect when oidc is null or { Secrets.Length: 0 } => IntegrationLifecycle.Refuse(
                400, "client-secret-missing", "This client has no secret yet. Nothing was changed. Send 'clientSecret' of the app in Okta, too."),
            SsoMethod.Saml when before.Saml is null => IntegrationLifecycle.Refuse(
                409, "saml-not-set-up", "SAML is not set up. Nothing was changed. Set it up first."),
            _ when oidc is { Secrets.Length: > MaxSecrets } => IntegrationLifecycle.Refuse(
                409, "client-secret-limit", $"There are {MaxSecrets} client secrets, which is the most. Nothing was changed. Remove the one that Okta no longer knows, then send the new one."),
            _ => Change(current, before, before with { Method = command.Method, Oidc = oidc }),
        };
    }

    /// <summary>Removes a client secret.</summary>
    public static TenantDecision Remove(TenantState current, string secretId)
    {
        if (current.Sso?.Oidc is not { } oidc || oidc.Secrets.All(secret => secret.Id != secretId))
        {
            return IntegrationLifecycle.Refuse(404, "client-secret-unknown", "There is no client secret with this id. Read the settings to see which there are.");
        }

        return oidc.Secrets.Length == 1
            ? IntegrationLifecycle.Refuse(409, "client-secret-last", "This is the only client secret. Nothing was changed. Send a new one first.")
            : Change(current, current.Sso, current.Sso with { Oidc = oidc with { Secrets = [.. oidc.Secrets.Where(secret => secret.Id != secretId)] } });
    }

    // A secret belongs to its client: another client begins without.
    private static OidcSettings Merge(OidcSettings? before, OidcSettings wanted) =>
        before is not null && (before.Issuer, before.ClientId) == (wanted.Issuer, wanted.ClientId)
            ? wanted with { Secrets = [.. wanted.Secrets, .. before.Secrets] }
            : wanted;

    private static TenantDecision Change(TenantState current, SsoSettings before, SsoSettings after)
    {
        AttributeChange[] members =
        [
            .. IntegrationLifecycle.Change("sso.method", before.Method.ToString(), after.Method.ToString()),
            .. IntegrationLifecycle.Change("sso.oidc.issuer", before.Oidc?.Issuer, after.Oidc?.Issuer),
            .. IntegrationLifecycle.Change("sso.oidc.clientId", before.Oidc?.ClientId, after.Oidc?.ClientId),
        ];
        AttributeChange[] secrets = Ids(before) == Ids(after)
            ? []
            : [new AttributeChange("sso.oidc.clientSecrets", JsonValue.Create(Ids(before)), JsonValue.Create(Ids(after)))];
        return (members.Length, secrets.Length) switch
        {
            (0, 0) => new TenantDecision.Unchanged(),
            (0, _) => new TenantDecision.Transition(current with { Sso = after }, EventTypes.IntegrationSecretRotated, secrets),
            _ => new TenantDecision.Transition(current with { Sso = after }, EventTypes.IntegrationChanged, [.. members, .. secrets]),
        };
    }

    private static string Ids(SsoSettings sso) => string.Join(' ', (sso.Oidc?.Secrets ?? []).Select(secret => secret.Id));
}
