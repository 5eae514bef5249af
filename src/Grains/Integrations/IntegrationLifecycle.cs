using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Integrations;
using OrleansIdentity.Grains.Tenants;
using OrleansIdentity.Scim.Resources;

namespace OrleansIdentity.Grains.Integrations;

/// <summary>Decides what a change makes of a tenant's settings of the integration: each section decides its own. Pure.</summary>
internal static class IntegrationLifecycle
{
    /// <summary>Decides about a change.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="current">The tenant as last committed; null when there is none.</param>
    /// <param name="version">Its version.</param>
    /// <param name="command">What is asked.</param>
    public static TenantDecision Decide(string slug, TenantState? current, long version, IntegrationCommand command)
    {
        if (current is not { IntegrationEnabled: true })
        {
            return Refuse(404, "integration-not-enabled", $"The Okta integration is not enabled for '{slug}'. Ask your vendor to enable it.");
        }

        // Sent again after an unknown outcome, the same change is what is there already, whatever its caller knew before.
        var decision = Decide(slug, current, command);
        return decision is TenantDecision.Transition && command.Version != version
            ? Refuse(412, "settings-changed", "Somebody changed the settings meanwhile. Nothing was changed. Read them again, and decide anew.")
            : decision;
    }

    /// <summary>What an event says of a member; nothing when it stays as it is.</summary>
    internal static IEnumerable<AttributeChange> Change<T>(string path, T before, T after) =>
        EqualityComparer<T>.Default.Equals(before, after) ? [] : [new AttributeChange(path, JsonValue.Create(before), JsonValue.Create(after))];

    internal static TenantDecision.Refused Refuse(int status, string id, string detail) => new(new Refusal(status, id, detail));

    private static TenantDecision Decide(string slug, TenantState current, IntegrationCommand command) => command switch
    {
        SetPolicy set => PolicySection.Set(current, set.Policy),
        SetInvitations set => TenantLifecycle.SetSettings(slug, current, current.ToSettings() with { Invitations = set.Invitations }),
        SetSchema set => TenantLifecycle.DefineSchema(slug, current, set.Definition),
        SetSaml set => SamlSection.Set(current, set.Saml),
        SetSso set => SsoSection.Set(current, set),
        RemoveClientSecret remove => SsoSection.Remove(current, remove.SecretId),
        _ => throw new InvalidOperationException("Unknown command."),
    };
}
