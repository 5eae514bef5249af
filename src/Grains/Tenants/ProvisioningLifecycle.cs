using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Resources;

namespace OrleansIdentity.Grains.Tenants;

/// <summary>Decides what a command makes of a tenant's provisioning. Pure.</summary>
internal static class ProvisioningLifecycle
{
    /// <summary>How many secrets of the event hook may be live at once: the one in use and the one that replaces it.</summary>
    public const int MaxSecrets = TenantLifecycle.MaxTokens;

    private const int MaxLabelLength = 100;

    /// <summary>The answer to a change of what is not so any more.</summary>
    public static TenantDecision ChangedMeanwhile { get; } =
        Refuse(412, "settings-changed", "Somebody changed the settings meanwhile. Nothing was changed. Read them again, and decide anew.");

    public static TenantDecision Set(TenantState? current, SetProvisioning command)
    {
        if (current is null)
        {
            return Missing();
        }

        var before = Of(current);
        var after = before with { Method = command.Method ?? before.Method, Access = command.Access ?? before.Access };
        return (before, after) switch
        {
            ({ IsMoving: true }, _) when after.Method != before.Method => Refuse(409, "move-under-way", "The tenant is moving to SCIM. Finish the move, or go back, first."),
            ({ Method: ProvisioningMethod.Standard }, { Method: ProvisioningMethod.Scim }) =>
                Refuse(409, "move-required", "A tenant goes from Standard to SCIM by the move, which keeps every account. Start the move."),
            (_, { Method: ProvisioningMethod.Standard, Access: null }) =>
                Refuse(409, "standard-not-configured", "Standard needs the Okta org, the app and a credential. Set those first, or in the same call."),
            _ => Become(
                current, before, after, EventTypes.IntegrationChanged,
                Change("provisioning.method", Name(before.Method), Name(after.Method)),
                Change("provisioning.org", before.Access?.Org, after.Access?.Org),
                Change("provisioning.appId", before.Access?.AppId, after.Access?.AppId),
                Change("provisioning.clientId", before.Access?.ClientId, after.Access?.ClientId),
                Change("provisioning.credential", before.Access is null ? null : "set", command.Access is null ? before.Access is null ? null : "set" : "set anew")),
        };
    }

    public static TenantDecision Move(TenantState? current, MoveStep step)
    {
        if (current is null)
        {
            return Missing();
        }

        var before = Of(current);
        ProvisioningState? after = (step, before) switch
        {
            (MoveStep.Start, { Method: ProvisioningMethod.Standard }) => before with { IsMoving = true },
            (MoveStep.Finish, { IsMoving: true }) => before with { Method = ProvisioningMethod.Scim, IsMoving = false },
            (MoveStep.Finish, { Method: ProvisioningMethod.Scim, Access: not null }) => before,
            (MoveStep.Back, { Method: ProvisioningMethod.Standard }) => before with { IsMoving = false },
            (MoveStep.Back, { Method: ProvisioningMethod.Scim, Access: not null }) => before with { Method = ProvisioningMethod.Standard },
            _ => null,
        };
        return after is null
            ? Refuse(409, "move-impossible", step switch
            {
                MoveStep.Start => "Only a tenant that is provisioned by Standard moves to SCIM. Look at the method.",
                MoveStep.Finish => "The move was not started. Start it, let Okta push by SCIM, look at the report, then finish.",
                _ => "The tenant was never provisioned by Standard: there is nothing to go back to.",
            })
            : Become(
                current, before, after, EventTypes.ProvisioningMoved,
                Change("provisioning.method", Name(before.Method), Name(after.Method)), Change("provisioning.moving", before.IsMoving ? "yes" : "no", after.IsMoving ? "yes" : "no"));
    }

    public static TenantDecision AddSecret(TenantState? current, AddHookSecret command, DateTimeOffset now)
    {
        if (current is null)
        {
            return Missing();
        }

        var before = Of(current);
        return command.Label.Length > MaxLabelLength ? Refuse(400, "hook-secret-label-too-long", $"A label has at most {MaxLabelLength} characters. Shorten it.")
            : before.HookSecrets.Any(secret => secret.Id == command.SecretId) ? new TenantDecision.Unchanged()
            : before.HookSecrets.Length >= MaxSecrets ? Refuse(409, "hook-secret-limit",
                $"The tenant has {MaxSecrets} live hook secrets, which is the most. Revoke the one that Okta no longer uses, then mint again.")
            : Become(
                current, before,
                before with { HookSecrets = [.. before.HookSecrets, new ScimToken(command.SecretId, command.SecretHash, command.Label, now)] },
                EventTypes.IntegrationSecretRotated, Change("hookSecrets", null, command.SecretId));
    }

    public static TenantDecision RevokeSecret(TenantState? current, string secretId)
    {
        if (current is null)
        {
            return Missing();
        }

        var before = Of(current);
        return before.HookSecrets.FirstOrDefault(secret => secret.Id == secretId) is { } revoked
            ? Become(
                current, before, before with { HookSecrets = [.. before.HookSecrets.Where(secret => secret != revoked)] },
                EventTypes.IntegrationSecretRotated, Change("hookSecrets", secretId, null))
            : Refuse(404, "hook-secret-unknown", "The tenant has no live hook secret with this id. Read the settings to see which are live.");
    }

    private static ProvisioningState Of(TenantState current) => current.Provisioning ?? ProvisioningState.Initial;

    private static TenantDecision Become(TenantState current, ProvisioningState before, ProvisioningState after, string eventType, params AttributeChange[] changes) =>
        before == after ? new TenantDecision.Unchanged() : new TenantDecision.Transition(
            current with { Provisioning = after }, eventType, [.. changes.Where(change => !System.Text.Json.Nodes.JsonNode.DeepEquals(change.Before, change.After))]);

    private static AttributeChange Change(string path, string? before, string? after) => new(path, before, after);

    private static string Name(ProvisioningMethod method) => method switch
    {
        ProvisioningMethod.Scim => "scim",
        ProvisioningMethod.Standard => "standard",
        _ => "none",
    };

    private static TenantDecision.Refused Missing() => Refuse(404, "tenant-unknown", "There is no such tenant. List the tenants to see which there are.");

    private static TenantDecision.Refused Refuse(int status, string id, string detail) => new(new Refusal(status, id, detail));
}
