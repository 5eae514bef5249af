using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.HostNames;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Tenants;
using OrleansIdentity.Scim.Resources;

namespace OrleansIdentity.Grains.HostNames;

/// <summary>Keeps a host name for at most one tenant: the record's creation is the claim, so the first one wins whoever races.</summary>
[GrainType("host")]
internal sealed class HostNameGrain : Grain, IHostNameGrain
{
    private readonly PublishedRecord<string> _holder;
    private readonly TimeProvider _time;

    public HostNameGrain(RecordAccess access, TimeProvider time)
    {
        var key = new RecordKey(RecordKey.SystemTenant, RecordKinds.HostName, this.GetPrimaryKeyString());
        _holder = new PublishedRecord<string>(access, key, Read);
        _time = time;
    }

    public async Task<string?> ResolveAsync()
    {
        await _holder.EnsureKnownAsync();
        if (_holder.Value is { Length: > 0 } tenant)
        {
            return tenant;
        }

        // Anybody can send any Host header: names that lead nowhere must not fill the memory.
        DeactivateOnIdle();
        return null;
    }

    public async Task<Refusal?> ClaimAsync(string tenant, EventOrigin origin)
    {
        if (!TenantName.IsHostName(_holder.Key.Id))
        {
            return new Refusal(400, "host-name-invalid", $"'{_holder.Key.Id}' is not a host name in lower case, such as 'id.example.com'. Correct it.");
        }

        await _holder.EnsureKnownAsync();
        if (_holder.Value == tenant)
        {
            return null;
        }

        return _holder.Value is { Length: > 0 } || await WriteAsync(tenant, EventTypes.HostNameClaimed, origin) is not CommitOutcome.Committed
            ? new Refusal(409, "host-name-taken", $"The host name '{_holder.Key.Id}' belongs to another tenant. Choose another one.")
            : null;
    }

    public async Task ReleaseAsync(string tenant, EventOrigin origin)
    {
        await _holder.EnsureKnownAsync();
        if (_holder.Value == tenant)
        {
            await WriteAsync("", EventTypes.HostNameReleased, origin);
        }
    }

    // A released name stays as a record without a tenant: the id of a deleted record could never be claimed again.
    private async Task<CommitOutcome> WriteAsync(string tenant, string eventType, EventOrigin origin)
    {
        var now = _time.GetUtcNow();
        var change = new AttributeChange("tenant", Shown(_holder.Value), Shown(tenant));
        var data = new EventData(eventType, now, RecordKinds.HostName, _holder.Key.Id, _holder.Version + 1, origin, EventChanges.Of([change]));
        try
        {
            return await _holder.PutAsync(tenant, Document(tenant), [], data, Guid.CreateVersion7(now));
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }

    private static JsonNode? Shown(string? tenant) => tenant is { Length: > 0 } ? JsonValue.Create(tenant) : null;

    private static ReadOnlyMemory<byte> Document(string tenant) =>
        System.Text.Encoding.UTF8.GetBytes(new JsonObject { ["tenant"] = tenant }.ToJsonString());

    private static string Read(StoredRecord stored) => JsonNode.Parse(stored.Document.Span)?["tenant"]?.GetValue<string>() ?? "";
}
