using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Resources;

namespace OrleansIdentity.Grains.Tenants;

/// <summary>Decides what a command makes of a tenant. Pure.</summary>
internal static class TenantLifecycle
{
    /// <summary>How many SCIM tokens may be live at once: the one in use and the one that replaces it.</summary>
    public const int MaxTokens = 2;

    private const int MaxLabelLength = 100;
    private const int MaxSessionHours = 8_760;

    public static TenantDecision Create(string slug, TenantState? current, CreateTenant command, DateTimeOffset now) => current switch
    {
        _ when !TenantName.IsSlug(slug) => Refuse(400, "tenant-slug-invalid",
            "A slug has 1 to 63 characters of a-z, 0-9 and '-', and no '-' at either end. Choose another one."),
        _ when TenantName.IsReserved(slug) => Refuse(400, "tenant-slug-reserved", $"The slug '{slug}' is reserved. Choose another one."),
        { } => Refuse(409, "tenant-exists", $"There is a tenant '{slug}' already. Choose another slug, or use that tenant."),
        null => Change(
            new TenantState(slug, command.HostNames, IntegrationEnabled: false, now, []),
            EventTypes.TenantCreated,
            new AttributeChange("slug", null, slug),
            new AttributeChange("hostNames", null, new JsonArray([.. command.HostNames.Select(name => JsonValue.Create(name))]))),
    };

    public static TenantDecision SetIntegration(string slug, TenantState? current, bool enabled) => current switch
    {
        null => Missing(slug),
        _ when current.IntegrationEnabled == enabled => new TenantDecision.Unchanged(),
        _ => Change(
            current with { IntegrationEnabled = enabled },
            enabled ? EventTypes.TenantEnabled : EventTypes.TenantDisabled,
            new AttributeChange("integrationEnabled", !enabled, enabled)),
    };

    public static TenantDecision SetSettings(string slug, TenantState? current, TenantSettings settings) => current switch
    {
        null => Missing(slug),
        _ when current.IgnoreUnknownMembers == settings.IgnoreUnknownMembers => new TenantDecision.Unchanged(),
        _ => Change(
            current with { IgnoreUnknownMembers = settings.IgnoreUnknownMembers },
            EventTypes.TenantSettingsChanged,
            new AttributeChange("settings.ignoreUnknownMembers", current.IgnoreUnknownMembers, settings.IgnoreUnknownMembers)),
    };

    public static TenantDecision SetSignIn(string slug, TenantState? current, SignInSettings settings) => current switch
    {
        null => Missing(slug),
        _ when settings.SessionHours is < 1 or > MaxSessionHours =>
            Refuse(400, "session-hours-invalid", $"A session lasts from 1 to {MaxSessionHours} hours without a request. Choose a number between."),
        { SignIn: var signIn } when (signIn ?? SignInSettings.Default) == settings => new TenantDecision.Unchanged(),
        { SignIn: var signIn } => Change(
            current with { SignIn = settings },
            EventTypes.TenantSignInChanged,
            new AttributeChange("signIn.sessionHours", (signIn ?? SignInSettings.Default).SessionHours, settings.SessionHours),
            new AttributeChange("signIn.ssoOnly", (signIn ?? SignInSettings.Default).SsoOnly, settings.SsoOnly)),
    };

    public static TenantDecision AddToken(string slug, TenantState? current, AddScimToken command, DateTimeOffset now) => current switch
    {
        null => Missing(slug),
        _ when command.Label.Length > MaxLabelLength =>
            Refuse(400, "token-label-too-long", $"A label has at most {MaxLabelLength} characters. Shorten it."),
        _ when current.ScimTokens.Any(token => token.Id == command.TokenId) => new TenantDecision.Unchanged(),
        _ when current.ScimTokens.Length >= MaxTokens => Refuse(409, "token-limit",
            $"The tenant has {MaxTokens} live SCIM tokens, which is the most. Revoke the one that Okta no longer uses, then mint again."),
        _ => Change(
            current with { ScimTokens = [.. current.ScimTokens, new ScimToken(command.TokenId, command.TokenHash, command.Label, now)] },
            EventTypes.TokenMinted,
            new AttributeChange("scimTokens", null, Describe(command.TokenId, command.Label))),
    };

    public static TenantDecision RevokeToken(string slug, TenantState? current, string tokenId) => current switch
    {
        null => Missing(slug),
        _ when current.ScimTokens.FirstOrDefault(token => token.Id == tokenId) is { } revoked => Change(
            current with { ScimTokens = [.. current.ScimTokens.Where(token => token != revoked)] },
            EventTypes.TokenRevoked,
            new AttributeChange("scimTokens", Describe(revoked.Id, revoked.Label), null)),
        _ => Refuse(404, "token-unknown", "The tenant has no live SCIM token with this id. List its tokens to see which are live."),
    };

    private static JsonObject Describe(string id, string label) => new() { ["id"] = id, ["label"] = label };

    private static TenantDecision.Refused Missing(string slug) =>
        Refuse(404, "tenant-unknown", $"There is no tenant '{slug}'. List the tenants to see which there are.");

    private static TenantDecision.Refused Refuse(int status, string id, string detail) => new(new Refusal(status, id, detail));

    private static TenantDecision.Transition Change(TenantState next, string eventType, params AttributeChange[] changes) => new(next, eventType, changes);
}
