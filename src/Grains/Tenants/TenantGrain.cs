using System.Security.Cryptography;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Integrations;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Integrations;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Tenants;

/// <summary>Thin shell around <see cref="TenantLifecycle"/>; authenticates from memory.</summary>
[GrainType("tenant")]
internal sealed partial class TenantGrain : Grain, ITenantGrain, ITenantProvisioningGrain
{
    private const int Attempts = 3;

    private static readonly byte[] NoHash = new byte[SHA256.HashSizeInBytes];
    private static readonly AuthenticationReply Unknown = new(AuthenticationResult.Unknown, "", TenantSettings.Default);
    private static readonly HostAuthenticationReply UnknownHost = new(null, TenantSettings.Default);

    private readonly PublishedRecord<TenantState> _tenant;
    private readonly TimeProvider _time;
    private readonly AbsentTenants _absent;
    private readonly string _slug;
    private bool _keptThoughAbsent;

    public TenantGrain(RecordAccess access, AbsentTenants absent, TimeProvider time)
    {
        _slug = this.GetPrimaryKeyString();
        _tenant = new PublishedRecord<TenantState>(access, new RecordKey(_slug, RecordKinds.Tenant, _slug), TenantState.From);
        _absent = absent;
        _time = time;
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await _tenant.EnsureKnownAsync(cancellationToken);
        if (_tenant.Value is null)
        {
            _keptThoughAbsent = _absent.TryKeep();
        }
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_keptThoughAbsent)
        {
            _absent.Release();
        }

        return Task.CompletedTask;
    }

    public async Task<AuthenticationReply> AuthenticateAsync(byte[] tokenHash)
    {
        await _tenant.EnsureKnownAsync();
        var state = _tenant.Value;

        var found = Find(state?.ScimTokens, tokenHash);
        if (state is null && !_keptThoughAbsent)
        {
            DeactivateOnIdle();
        }

        return found is null
            ? Unknown
            : new AuthenticationReply(Judge(state!), found.Id, state!.ToSettings())
            {
                SchemaRevision = state.Schema?.Revision ?? 0,
                JoinsAccounts = state.Provisioning is { IsMoving: true },
            };
    }

    public async Task<HostAuthenticationReply> AuthenticateHostAsync(byte[] keyHash)
    {
        await _tenant.EnsureKnownAsync();
        var state = _tenant.Value;
        var found = Find(state?.HostKeys, keyHash);
        if (state is null && !_keptThoughAbsent)
        {
            DeactivateOnIdle();
        }

        return found is null ? UnknownHost : new HostAuthenticationReply(found.Id, state!.ToSettings())
        {
            SchemaRevision = state.Schema?.Revision ?? 0,
        };
    }

    public async Task<TenantView?> ReadAsync()
    {
        await _tenant.EnsureKnownAsync();
        return _tenant.Value?.ToView();
    }

    public async Task<TenantSchema?> ReadSchemaAsync()
    {
        await _tenant.EnsureKnownAsync();
        return _tenant.Value?.ToSchema();
    }

    public async Task<SignInSettings?> ReadSignInAsync()
    {
        await _tenant.EnsureKnownAsync();
        if (_tenant.Value is null && !_keptThoughAbsent)
        {
            DeactivateOnIdle();
        }

        return _tenant.Value is { } state ? state.SignIn ?? SignInSettings.Default : null;
    }

    public async Task<IntegrationView?> ReadIntegrationAsync()
    {
        await _tenant.EnsureKnownAsync();
        if (_tenant.Value is null && !_keptThoughAbsent)
        {
            DeactivateOnIdle();
        }

        return _tenant.Value?.ToIntegration(_tenant.Version);
    }

    public async Task<IntegrationReply> ChangeIntegrationAsync(IntegrationCommand command)
    {
        var (refusal, state, changed) = await DecideAsync(current => IntegrationLifecycle.Decide(_slug, current, _tenant.Version, command), command.Origin);
        return new IntegrationReply(refusal, state?.ToIntegration(_tenant.Version), changed);
    }

    public Task<TenantReply> SetSignInAsync(SignInSettings settings, EventOrigin origin) =>
        ExecuteAsync(current => TenantLifecycle.SetSignIn(_slug, current, settings), origin);

    public Task<TenantReply> CreateAsync(CreateTenant command) =>
        ExecuteAsync(current => TenantLifecycle.Create(_slug, current, command, _time.GetUtcNow()), command.Origin);

    public Task<TenantReply> SetIntegrationAsync(bool enabled, EventOrigin origin) =>
        ExecuteAsync(current => TenantLifecycle.SetIntegration(_slug, current, enabled), origin);

    public Task<TenantReply> SetSettingsAsync(TenantSettings settings, EventOrigin origin) =>
        ExecuteAsync(current => TenantLifecycle.SetSettings(_slug, current, settings), origin);

    public async Task<SchemaReply> DefineSchemaAsync(DefineSchema command)
    {
        var (refusal, state, changed) = await DecideAsync(current => TenantLifecycle.DefineSchema(_slug, current, command), command.Origin);
        return new SchemaReply(refusal, state?.ToSchema(), changed);
    }

    public Task<TenantReply> AddTokenAsync(AddScimToken command) =>
        ExecuteAsync(current => TenantLifecycle.AddToken(_slug, current, command, _time.GetUtcNow()), command.Origin);

    public Task<TenantReply> RevokeTokenAsync(string tokenId, EventOrigin origin) =>
        ExecuteAsync(current => TenantLifecycle.RevokeToken(_slug, current, tokenId), origin);

    public Task<TenantReply> AddHostKeyAsync(AddHostKey command) =>
        ExecuteAsync(current => TenantLifecycle.AddHostKey(_slug, current, command, _time.GetUtcNow()), command.Origin);

    public Task<TenantReply> RevokeHostKeyAsync(string keyId, EventOrigin origin) =>
        ExecuteAsync(current => TenantLifecycle.RevokeHostKey(_slug, current, keyId), origin);

    private static AuthenticationResult Judge(TenantState state) => !state.IntegrationEnabled ? AuthenticationResult.IntegrationDisabled
        : state.Provisioning is { TakesScim: false } ? AuthenticationResult.OtherMethod
        : AuthenticationResult.Accepted;

    // The same comparisons whether the tenant exists, has no token, one or two: time must not tell.
    private static ScimToken? Find(ScimToken[]? tokens, byte[] hash)
    {
        ScimToken? found = null;
        for (var slot = 0; slot < TenantLifecycle.MaxTokens; slot++)
        {
            var token = tokens is not null && slot < tokens.Length ? tokens[slot] : null;
            if (CryptographicOperations.FixedTimeEquals(hash, token?.Hash ?? NoHash) && token is not null)
            {
                found = token;
            }
        }

        return found;
    }

    private async Task<TenantReply> ExecuteAsync(Func<TenantState?, TenantDecision> decide, EventOrigin origin)
    {
        var (refusal, state, changed) = await DecideAsync(decide, origin);
        return new TenantReply(refusal, state?.ToView(), changed);
    }

    private async Task<(Refusal? Refusal, TenantState? State, bool Changed)> DecideAsync(Func<TenantState?, TenantDecision> decide, EventOrigin origin)
    {
        try
        {
            for (var attempt = 1; attempt <= Attempts; attempt++)
            {
                await _tenant.EnsureKnownAsync();
                switch (decide(_tenant.Value))
                {
                    case TenantDecision.Refused refused:
                        return (refused.Refusal, null, false);
                    case TenantDecision.Unchanged:
                        return (null, _tenant.Value!, false);
                    case TenantDecision.Transition transition when await CommitAsync(transition, origin) is CommitOutcome.Committed:
                        return (null, transition.Next, true);
                }
            }
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }

        DeactivateOnIdle();
        throw new StoreUnavailableException($"Another activation kept writing {_tenant.Key}; gave up after {Attempts} attempts.");
    }

    private Task<CommitOutcome> CommitAsync(TenantDecision.Transition transition, EventOrigin origin)
    {
        var now = _time.GetUtcNow();
        var data = new EventData(
            transition.EventType, now, RecordKinds.Tenant, _slug, _tenant.Version + 1, origin, EventChanges.Of(transition.Changes));
        return _tenant.PutAsync(transition.Next, transition.Next.ToDocument(), [], data, Guid.CreateVersion7(now));
    }
}
