using OrleansIdentity.Grains.Contracts.Integrations;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Tenants;
using OrleansIdentity.Scim.Resources;

namespace OrleansIdentity.Grains.Integrations;

/// <summary>Decides about how one signs in. Pure.</summary>
internal static class PolicySection
{
    /// <summary>Replaces it.</summary>
    public static TenantDecision Set(TenantState current, SignInSettings wanted)
    {
        var before = current.SignIn ?? SignInSettings.Default;
        if (TenantLifecycle.RefuseHours(wanted.SessionHours) is { } refused)
        {
            return refused;
        }

        if (wanted.SsoOnly && !before.SsoOnly && (current.Sso ?? SsoSettings.None).Method == SsoMethod.None)
        {
            return IntegrationLifecycle.Refuse(
                409, "sso-not-set-up", "Without single sign-on nobody could sign in. Nothing was changed. Set single sign-on up, try it, then turn passwords off.");
        }

        AttributeChange[] changes =
        [
            .. IntegrationLifecycle.Change("policy.sessionHours", before.SessionHours, wanted.SessionHours),
            .. IntegrationLifecycle.Change("policy.ssoOnly", before.SsoOnly, wanted.SsoOnly),
            .. IntegrationLifecycle.Change("policy.requireMultiFactor", before.RequireMultiFactor, wanted.RequireMultiFactor),
            .. IntegrationLifecycle.Change("policy.idpInitiated", before.IdpInitiated, wanted.IdpInitiated),
        ];
        return changes.Length == 0
            ? new TenantDecision.Unchanged()
            : new TenantDecision.Transition(current with { SignIn = wanted }, EventTypes.IntegrationChanged, changes);
    }
}
