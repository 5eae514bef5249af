using OrleansIdentity.Api.Scim;
using OrleansIdentity.Api.Webhooks;
using OrleansIdentity.Grains.Contracts.Standard;
using OrleansIdentity.Grains.Contracts.Tenants;

namespace OrleansIdentity.Api.Settings.Provisioning;

/// <summary>How users are provisioned.</summary>
/// <param name="Method"><c>scim</c>, <c>standard</c> or <c>none</c>.</param>
/// <param name="IsMoving">Whether the tenant moves from Standard to SCIM: then both work.</param>
/// <param name="Okta">How Okta is reached by Standard; null before that was set up.</param>
/// <param name="HookSecrets">The live secrets of the event hook, oldest first; the secrets themselves are never shown.</param>
/// <param name="ToPaste">What to paste into Okta.</param>
/// <param name="Inbox">How many deliveries of event hooks are waiting, and how many people are parked.</param>
public sealed record ProvisioningView(
    string Method, bool IsMoving, OktaAccessView? Okta, HookSecretView[] HookSecrets, ProvisioningAddresses ToPaste, InboxStatusView Inbox)
{
    internal static ProvisioningView From(Grains.Contracts.Tenants.Provisioning provisioning, InboxStatus inbox, string root) => new(
        ProvisioningMethods.NameOf(provisioning.Method),
        provisioning.IsMoving,
        provisioning.Access is { } access ? new OktaAccessView(access.Org, access.AppId, access.ClientId is null ? "apiToken" : "serviceApp", access.ClientId, access.KeyId) : null,
        Array.ConvertAll(provisioning.HookSecrets, secret => new HookSecretView(secret.Id, secret.Label, secret.CreatedAt)),
        new ProvisioningAddresses($"{root}{HookEndpoint.Path}", "Authorization", $"{root}{ScimEndpoints.BasePath}"),
        new InboxStatusView(inbox.Waiting, inbox.Parked));
}

/// <summary>How Okta is reached by Standard.</summary>
/// <param name="Org">The org's address.</param>
/// <param name="AppId">The app: who is assigned to it is provisioned.</param>
/// <param name="Credential"><c>apiToken</c> or <c>serviceApp</c>; the credential itself is never shown.</param>
/// <param name="ClientId">The service app's client id; null for an API token.</param>
/// <param name="KeyId">The id of its key; null for an API token, or when it stands in the key.</param>
public sealed record OktaAccessView(string Org, string AppId, string Credential, string? ClientId, string? KeyId);

/// <summary>A live secret of the event hook.</summary>
/// <param name="Id">By which it is revoked.</param>
/// <param name="Label">What it is called.</param>
/// <param name="CreatedAt">When it was made (UTC).</param>
public sealed record HookSecretView(string Id, string Label, DateTimeOffset CreatedAt);

/// <summary>What to paste into Okta.</summary>
/// <param name="HookUrl">The URL of the event hook.</param>
/// <param name="HookHeader">The header whose value is the hook secret.</param>
/// <param name="ScimBaseUrl">The SCIM base URL, for the move.</param>
public sealed record ProvisioningAddresses(string HookUrl, string HookHeader, string ScimBaseUrl);

/// <summary>How the inbox stands.</summary>
/// <param name="Waiting">How many deliveries are waiting.</param>
/// <param name="Parked">How many people are parked.</param>
public sealed record InboxStatusView(long Waiting, long Parked);

/// <summary>What is to be set. What is left out stays as it is.</summary>
/// <param name="Method"><c>scim</c>, <c>standard</c> or <c>none</c>.</param>
/// <param name="Okta">How Okta is reached by Standard.</param>
public sealed record NewProvisioning(string? Method = null, NewOktaAccess? Okta = null);

/// <summary>How Okta is to be reached. Either an API token, or a service app.</summary>
/// <param name="Org">The org's address, such as <c>https://acme.okta.com</c>.</param>
/// <param name="AppId">The app (<c>0oa…</c>).</param>
/// <param name="ApiToken">An API token (SSWS).</param>
/// <param name="ServiceApp">A service app.</param>
public sealed record NewOktaAccess(string Org, string AppId, string? ApiToken = null, NewServiceApp? ServiceApp = null);

/// <summary>A service app with its key.</summary>
/// <param name="ClientId">Its client id.</param>
/// <param name="PrivateKey">Its private key, as JSON (JWK) or PEM.</param>
/// <param name="KeyId">The key's id in Okta; may be left out when it stands in the JSON.</param>
public sealed record NewServiceApp(string ClientId, string PrivateKey, string? KeyId = null);

/// <summary>A hook secret to be made.</summary>
/// <param name="Label">What to call it.</param>
public sealed record NewHookSecret(string? Label = null);

/// <summary>A hook secret that was made.</summary>
/// <param name="Id">By which it is revoked.</param>
/// <param name="Secret">The secret, shown this once.</param>
public sealed record MintedHookSecret(string Id, string Secret);

/// <summary>A test of the connection.</summary>
/// <param name="Checks">Each check with its result and what to do.</param>
public sealed record ConnectionTest(CheckView[] Checks);

/// <summary>The methods, as the API names them.</summary>
internal static class ProvisioningMethods
{
    public static string NameOf(ProvisioningMethod method) => method.ToString().ToLowerInvariant();

    public static ProvisioningMethod? Parse(string name) => name switch
    {
        "scim" => ProvisioningMethod.Scim,
        "standard" => ProvisioningMethod.Standard,
        "none" => ProvisioningMethod.None,
        _ => null,
    };
}
