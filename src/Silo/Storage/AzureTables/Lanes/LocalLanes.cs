using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OrleansIdentity.Silo.Storage.AzureTables.Account;

namespace OrleansIdentity.Silo.Storage.AzureTables.Lanes;

/// <summary>Lanes in this process: for one that is alone with its data. Others may exist, but then lanes of one tenant take turns in being refused.</summary>
internal sealed class LocalLanes(AzureAccount account, AzureStorageOptions options, TimeProvider time, ILogger logger) : ILanes
{
    private readonly ConcurrentDictionary<string, Lazy<CommitLane>> _lanes = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ILane Of(string tenant) => _lanes.GetOrAdd(tenant, key => new Lazy<CommitLane>(() => new CommitLane(key, account, options, time, logger))).Value;

    /// <summary>Closes all lanes.</summary>
    public async ValueTask DisposeAsync() => await Task.WhenAll(_lanes.Values.Select(lane => lane.Value.DisposeAsync().AsTask()));
}
