using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Schemas;
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

    public static TenantDecision SetSettings(string slug, TenantState? current, TenantSettings settings)
    {
        if (current is null)
        {
            return Missing(slug);
        }

        if (!HasDate(current.ToSchema(), settings.Invitations.HireDateField))
        {
            return Refuse(400, "hire-date-field-unknown",
                "The tenant's schema has no such attribute for 'hireDateField', or it is neither one date nor one text. Define it first, or leave 'hireDateField' out.");
        }

        var before = current.ToSettings();
        AttributeChange[] changes =
        [
            .. Change("settings.ignoreUnknownMembers", before.IgnoreUnknownMembers, settings.IgnoreUnknownMembers),
            .. Change("settings.invitations.automatic", before.Invitations.Automatic, settings.Invitations.Automatic),
            .. Change("settings.invitations.hireDateField", before.Invitations.HireDateField, settings.Invitations.HireDateField),
        ];
        return changes.Length == 0
            ? new TenantDecision.Unchanged()
            : Change(
                current with { IgnoreUnknownMembers = settings.IgnoreUnknownMembers, Invitations = settings.Invitations },
                EventTypes.TenantSettingsChanged, changes);
    }

    public static TenantDecision DefineSchema(string slug, TenantState? current, DefineSchema command)
    {
        if (current is null)
        {
            return Missing(slug);
        }

        var before = current.ToSchema();
        var after = new TenantSchema(before.Revision + 1, command.Urn ?? before.Urn, command.Attributes);
        if (SchemaChecks.Refuse(after) is { } invalid)
        {
            return new TenantDecision.Refused(invalid);
        }

        // Sent again after an unknown outcome, the same definition is what is there already, whatever its caller knew before.
        var changes = SchemaChange.Between(current.Schema, after);
        if (changes.Length == 0)
        {
            return new TenantDecision.Unchanged();
        }

        if (command.Revision != before.Revision)
        {
            return Refuse(409, "schema-revision-conflict",
                $"The schema is at revision {before.Revision}, not {command.Revision}: somebody changed it meanwhile. Read it again, and decide anew.");
        }

        if (!HasDate(after, current.ToSettings().Invitations.HireDateField))
        {
            return Refuse(409, "schema-attribute-awaited",
                "Invitations wait for the date in an attribute that would be gone. Set 'hireDateField' of the tenant's settings to another one or to null first.");
        }

        return SchemaChange.Refuse(before, after) is { } incompatible
            ? new TenantDecision.Refused(incompatible)
            : Change(current with { Schema = after }, EventTypes.TenantSchemaChanged, changes);
    }

    public static TenantDecision SetSignIn(string slug, TenantState? current, SignInSettings settings)
    {
        if (current is null)
        {
            return Missing(slug);
        }

        if (RefuseHours(settings.SessionHours) is { } refused)
        {
            return refused;
        }

        var before = current.SignIn ?? SignInSettings.Default;
        AttributeChange[] changes =
        [
            .. Change("signIn.sessionHours", before.SessionHours, settings.SessionHours),
            .. Change("signIn.ssoOnly", before.SsoOnly, settings.SsoOnly),
        ];
        return changes.Length == 0
            ? new TenantDecision.Unchanged()
            : Change(current with { SignIn = before with { SessionHours = settings.SessionHours, SsoOnly = settings.SsoOnly } }, EventTypes.TenantSignInChanged, changes);
    }

    /// <summary>Why a session may not last so long; null when it may.</summary>
    internal static TenantDecision.Refused? RefuseHours(int hours) => hours is < 1 or > MaxSessionHours
        ? Refuse(400, "session-hours-invalid", $"A session lasts from 1 to {MaxSessionHours} hours without a request. Choose a number between.")
        : null;

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

    public static TenantDecision AddHostKey(string slug, TenantState? current, AddHostKey command, DateTimeOffset now) => current switch
    {
        null => Missing(slug),
        _ when command.Label.Length > MaxLabelLength =>
            Refuse(400, "host-key-label-too-long", $"A label has at most {MaxLabelLength} characters. Shorten it."),
        { HostKeys: { } keys } when keys.Any(key => key.Id == command.KeyId) => new TenantDecision.Unchanged(),
        { HostKeys.Length: >= MaxTokens } => Refuse(409, "host-key-limit",
            $"The tenant has {MaxTokens} live keys of the host API, which is the most. Revoke the one that the product no longer uses, then mint again."),
        _ => Change(
            current with { HostKeys = [.. current.HostKeys ?? [], new ScimToken(command.KeyId, command.KeyHash, command.Label, now)] },
            EventTypes.HostKeyMinted,
            new AttributeChange("hostKeys", null, Describe(command.KeyId, command.Label))),
    };

    public static TenantDecision RevokeHostKey(string slug, TenantState? current, string keyId) => current switch
    {
        null => Missing(slug),
        { HostKeys: { } keys } when keys.FirstOrDefault(key => key.Id == keyId) is { } revoked => Change(
            current with { HostKeys = [.. keys.Where(key => key != revoked)] },
            EventTypes.HostKeyRevoked,
            new AttributeChange("hostKeys", Describe(revoked.Id, revoked.Label), null)),
        _ => Refuse(404, "host-key-unknown", "The tenant has no live key of the host API with this id. List its keys to see which are live."),
    };

    // Whether an invitation can wait for the field; nothing is waited for without one. Names of fields are in the letter case in which they were defined.
    private static bool HasDate(TenantSchema schema, string? field) => field is null || schema.Attributes.Any(attribute =>
        attribute.Name == field && attribute is { MultiValued: false, Type: CustomAttributeType.DateTime or CustomAttributeType.String });

    private static AttributeChange[] Change<T>(string path, T before, T after) =>
        EqualityComparer<T>.Default.Equals(before, after) ? [] : [new AttributeChange(path, JsonValue.Create(before), JsonValue.Create(after))];

    private static JsonObject Describe(string id, string label) => new() { ["id"] = id, ["label"] = label };

    private static TenantDecision.Refused Missing(string slug) =>
        Refuse(404, "tenant-unknown", $"There is no tenant '{slug}'. List the tenants to see which there are.");

    private static TenantDecision.Refused Refuse(int status, string id, string detail) => new(new Refusal(status, id, detail));

    private static TenantDecision.Transition Change(TenantState next, string eventType, params AttributeChange[] changes) => new(next, eventType, changes);
}
