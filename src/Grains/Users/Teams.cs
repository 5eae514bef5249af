using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Profiles;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Resources;

namespace OrleansIdentity.Grains.Users;

/// <summary>
/// Makes the record of a team before the first user of it is committed: a process that dies in between leaves a team without members, which does no
/// harm, and the next one finds it. Two that make the same team at once write the same record, once. Teams are never removed, so what was seen once
/// need not be looked for again.
/// </summary>
internal sealed class Teams(IDirectoryStore store)
{
    private const int MaxRemembered = 20_000;

    private readonly ConcurrentDictionary<RecordKey, bool> _known = new();

    /// <summary>The record of a team.</summary>
    public static RecordKey Key(string tenant, string name) => new(tenant, RecordKinds.Team, TeamName.Id(tenant, name));

    /// <summary>The name in a team's record.</summary>
    public static string Name(StoredRecord team)
    {
        using var document = JsonDocument.Parse(team.Document);
        return document.RootElement.GetProperty("name"u8).GetString()!;
    }

    /// <summary>Completes when there is the record of a team.</summary>
    public async ValueTask EnsureAsync(string tenant, string name, EventOrigin origin, DateTimeOffset now)
    {
        var key = Key(tenant, name);
        if (_known.ContainsKey(key))
        {
            return;
        }

        if (await store.LoadAsync(key, CancellationToken.None) is null)
        {
            var document = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["id"] = key.Id, ["name"] = name });
            var data = new EventData(EventTypes.TeamCreated, now, key.Kind, key.Id, 1, origin, EventChanges.Of([new AttributeChange("name", null, name)]));

            // "Stale" says that somebody else has made it meanwhile.
            await store.CommitAsync(new Commit(Guid.CreateVersion7(now), tenant, new PutRecord(key, 0, document, []), data));
        }

        if (_known.Count >= MaxRemembered)
        {
            _known.Clear();
        }

        _known.TryAdd(key, true);
    }
}
