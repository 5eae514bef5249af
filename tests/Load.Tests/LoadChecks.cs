using System.Text.Json;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Load.Tests;

/// <summary>What must hold at the end, read from the store and not from the grains.</summary>
internal static class LoadChecks
{
    /// <summary>A stored user is as the model has it.</summary>
    public static void Equal(ModelUser expected, ReadOnlyMemory<byte> document)
    {
        using var parsed = JsonDocument.Parse(document);
        var user = parsed.RootElement;
        Assert.Equal(expected.Id, user.GetProperty("id").GetString());
        Assert.Equal(expected.UserName, user.GetProperty("userName").GetString());
        Assert.Equal(expected.Active, user.GetProperty("active").GetBoolean());
        Assert.Equal(expected.NickName, user.TryGetProperty("nickName", out var nickName) ? nickName.GetString() : null);
    }

    /// <summary>Every tenant holds exactly what the model holds, with one event for each version and none else.</summary>
    public static async Task TenantAsync(IDirectoryStore store, string tenant, IReadOnlyCollection<ModelUser> model)
    {
        var stored = await store.QueryAsync(new RecordQuery(tenant, RecordKinds.User, null, null, 0, int.MaxValue), default);
        var expected = model.Where(user => user.Exists).ToDictionary(user => user.Id);
        Assert.Equal(expected.Count, stored.Total);
        Assert.Equal(expected.Count, stored.Records.Count);
        foreach (var record in stored.Records)
        {
            Equal(expected[record.Key.Id], record.Document);
        }

        Assert.Equal(expected.Count, expected.Values.Select(user => user.UserName).Distinct(StringComparer.OrdinalIgnoreCase).Count());

        var events = await store.ReadEventsAsync(tenant, 0, int.MaxValue, null, default);
        Assert.Equal(Enumerable.Range(1, events.Count).Select(position => (long)position), events.Select(one => one.Position));
        var byUser = events.ToLookup(one => one.Data.ResourceId);
        foreach (var user in byUser)
        {
            Assert.Equal(Enumerable.Range(1, user.Count()).Select(version => (long)version), user.Select(one => one.Data.Version));
        }

        Assert.All(stored.Records, record => Assert.Equal(record.Version, byUser[record.Key.Id].Count()));
        Assert.All(
            model.Where(user => user.Deleted), user => Assert.Equal(EventTypes.UserDeleted, byUser[user.Id].Last().Data.Type));
        Assert.Equal(model.Where(user => user.Exists || user.Deleted).Select(user => user.Id).ToHashSet(), byUser.Select(user => user.Key).ToHashSet());
    }
}
