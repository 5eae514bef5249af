using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Tenants;

internal sealed partial class TenantGrain
{
    public async Task<HookAuthentication> AuthenticateHookAsync(byte[] secretHash)
    {
        await _tenant.EnsureKnownAsync();
        var state = _tenant.Value;
        var provisioning = state?.Provisioning ?? ProvisioningState.Initial;
        var found = Find(provisioning.HookSecrets, secretHash);
        if (state is null && !_keptThoughAbsent)
        {
            DeactivateOnIdle();
        }

        var result = state is not { IntegrationEnabled: true } || provisioning.HookSecrets.Length == 0 ? HookAuthenticationResult.NoHook
            : found is null ? HookAuthenticationResult.Unknown
            : provisioning is { Method: ProvisioningMethod.Standard, Access: not null } ? HookAuthenticationResult.Accepted
            : HookAuthenticationResult.Ignored;
        return result == HookAuthenticationResult.Accepted
            ? new HookAuthentication(result, provisioning.Access!.Org, provisioning.Access.AppId)
            : new HookAuthentication(result, null, null);
    }

    public async Task<Provisioning?> ReadProvisioningAsync()
    {
        await _tenant.EnsureKnownAsync();
        if (_tenant.Value is null && !_keptThoughAbsent)
        {
            DeactivateOnIdle();
        }

        return _tenant.Value?.ToProvisioning();
    }

    public Task<ProvisioningReply> SetProvisioningAsync(SetProvisioning command) =>
        ProvisionAsync(current => ProvisioningLifecycle.Set(current, command), command.Origin, command.Version);

    public Task<ProvisioningReply> AddHookSecretAsync(AddHookSecret command) =>
        ProvisionAsync(current => ProvisioningLifecycle.AddSecret(current, command, _time.GetUtcNow()), command.Origin, command.Version);

    public Task<ProvisioningReply> RevokeHookSecretAsync(string secretId, EventOrigin origin, long? version) =>
        ProvisionAsync(current => ProvisioningLifecycle.RevokeSecret(current, secretId), origin, version);

    public Task<ProvisioningReply> MoveAsync(MoveStep step, EventOrigin origin, long? version) =>
        ProvisionAsync(current => ProvisioningLifecycle.Move(current, step), origin, version);

    private async Task<ProvisioningReply> ProvisionAsync(Func<TenantState?, TenantDecision> decide, EventOrigin origin, long? version)
    {
        var (refusal, state, changed) = await DecideAsync(
            current => decide(current) switch
            {
                TenantDecision.Transition when version is { } read && read != _tenant.Version => ProvisioningLifecycle.ChangedMeanwhile,
                var decision => decision,
            },
            origin);
        return new ProvisioningReply(refusal, state?.ToProvisioning(), changed);
    }
}
