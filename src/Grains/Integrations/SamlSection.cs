using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Contracts.Integrations;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Tenants;
using OrleansIdentity.Scim.Resources;

namespace OrleansIdentity.Grains.Integrations;

/// <summary>Decides about SAML. Pure. What was entered has been read and understood at the door, and the version that the caller read is still the one.</summary>
internal static class SamlSection
{
    /// <summary>Sets it up, or changes it.</summary>
    public static TenantDecision Set(TenantState current, SamlSettings wanted)
    {
        var sso = current.Sso ?? SsoSettings.None;
        var before = sso.Saml;
        AttributeChange[] members =
        [
            .. IntegrationLifecycle.Change("sso.saml.entityId", before?.EntityId, wanted.EntityId),
            .. IntegrationLifecycle.Change("sso.saml.singleSignOnUrl", before?.SingleSignOnUrl, wanted.SingleSignOnUrl),
            .. IntegrationLifecycle.Change("sso.saml.metadataUrl", before?.MetadataUrl, wanted.MetadataUrl),
            .. IntegrationLifecycle.Change("sso.saml.oktaIdAttribute", before?.OktaIdAttribute, wanted.OktaIdAttribute),
            .. IntegrationLifecycle.Change("sso.saml.emailAttribute", before?.EmailAttribute, wanted.EmailAttribute),
            .. IntegrationLifecycle.Change("sso.saml.logout.orgUrl", before?.Logout?.OrgUrl, wanted.Logout?.OrgUrl),
            .. IntegrationLifecycle.Change("sso.saml.logout.appId", before?.Logout?.AppId, wanted.Logout?.AppId),
        ];
        AttributeChange[] certificates = before is not null && before.Certificates.SequenceEqual(wanted.Certificates)
            ? []
            : [new AttributeChange("sso.saml.certificates", before is null ? null : Describe(before), Describe(wanted))];
        return members.Length + certificates.Length == 0
            ? new TenantDecision.Unchanged()
            : new TenantDecision.Transition(current with { Sso = sso with { Saml = wanted } }, EventTypes.IntegrationChanged, [.. members, .. certificates]);
    }

    private static JsonNode Describe(SamlSettings saml) => new JsonArray([.. saml.Certificates.Select(one => JsonValue.Create(one.Thumbprint))]);
}
