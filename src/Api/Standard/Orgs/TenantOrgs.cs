using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Okta;
using OrleansIdentity.Okta.Credentials;
using OrleansIdentity.Okta.Results;

namespace OrleansIdentity.Api.Standard.Orgs;

/// <summary>Opens the way to tenants' orgs, and keeps it while the connection stays the same: a service app's access token lives in it.</summary>
internal sealed class TenantOrgs(OktaClients clients, CredentialBox box, IOptions<OktaOptions> options) : IDisposable
{
    private const int MaxKept = 2_000;

    private readonly ConcurrentDictionary<string, (OktaAccess Access, TenantOrg Org)> _kept = new(StringComparer.Ordinal);

    /// <summary>The org of a tenant.</summary>
    /// <returns>The org, or what is wrong with the settings.</returns>
    public OktaResult<TenantOrg> Of(string tenant, OktaAccess access)
    {
        if (_kept.TryGetValue(tenant, out var kept) && IsSame(kept.Access, access))
        {
            return kept.Org;
        }

        if (!Connect(tenant, access).TryGet(out var connection, out var failure))
        {
            return failure;
        }

        if (_kept.Count >= MaxKept)
        {
            _kept.Clear();
        }

        // The earlier one is not disposed: a call of it may be under way.
        var org = new TenantOrg(clients.Open(connection), access.AppId);
        _kept[tenant] = (access, org);
        return org;
    }

    /// <summary>What it takes to call a tenant's org.</summary>
    public OktaResult<OktaConnection> Connect(string tenant, OktaAccess access)
    {
        if (!OktaOrgUrl.Parse(access.Org, options.Value.AllowLoopback).TryGet(out var url, out var failure))
        {
            return failure;
        }

        return box.Open(tenant, access.Sealed) is not { } secret
            ? new OktaFailure.Refused(new OktaError("credential-unreadable", "The stored credential cannot be read with this server's key. Enter it anew in the settings."))
            : Credential(access, secret).TryGet(out var credential, out failure) ? new OktaConnection(tenant, url, credential) : failure;
    }

    /// <summary>Reads a credential as an administrator gave it.</summary>
    public static OktaResult<OktaCredential> Credential(OktaAccess access, string secret)
    {
        if (access.ClientId is not { } clientId)
        {
            return OktaCredential.ApiToken.Parse(secret);
        }

        return ClientKey.Parse(secret, access.KeyId).TryGet(out var key, out var failure)
            ? new OktaCredential.ServiceApp(clientId, key, OktaScopes.All)
            : failure;
    }

    public void Dispose()
    {
        foreach (var (_, org) in _kept.Values)
        {
            org.Client.Dispose();
        }
    }

    private static bool IsSame(OktaAccess one, OktaAccess other) => one with { Sealed = other.Sealed } == other && one.Sealed.AsSpan().SequenceEqual(other.Sealed);
}

/// <summary>A tenant's org.</summary>
/// <param name="Client">The way to it.</param>
/// <param name="AppId">The tenant's app there.</param>
internal sealed record TenantOrg(OktaClient Client, string AppId)
{
    /// <summary>When the app was last seen to be there (UTC).</summary>
    public DateTimeOffset AppSeenAt { get; set; }
}
