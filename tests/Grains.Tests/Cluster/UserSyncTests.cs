using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Tests.Cluster;

/// <summary>Reads of Okta, applied by a user's grain in whatever order they arrive.</summary>
[Collection(ClusterCollection.Name)]
public sealed class UserSyncTests(GrainCluster cluster)
{
    private static readonly EventOrigin Origin = new("sync", "sync", "");
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    // Whatever an earlier read has shown undoes nothing that a later one has, not even where the later one found nothing to change.
    [Fact]
    public async Task Reads_InAnyOrderAndAnyNumber_AreThoseOfTheLatestSoFar()
    {
        var tenant = cluster.NewTenant();
        await (from states in Gen.Select(Gen.Bool, Gen.Int[0, 2]).Array[1, 8]
               from order in Gen.Int[0, states.Length - 1].Array[0, 20]
               select (states, order)).SampleAsync(
            async history =>
            {
                var id = ResourceId.New(TimeProvider.System.GetUtcNow());
                var user = cluster.Grains.GetGrain<IUserGrain>(GrainKeys.Resource(tenant, id));
                Assert.Equal(SyncResult.Created, (await user.SyncAsync(Read(id, 0, active: true, "Begin"))).Result);
                var latest = -1;
                foreach (var index in history.order)
                {
                    latest = Math.Max(latest, index);
                    await user.SyncAsync(Read(id, index + 1, history.states[index].Item1, $"Department {history.states[index].Item2}"));
                    var document = JsonNode.Parse((await user.ReadAsync()).Document)!;
                    Assert.Equal(
                        (history.states[latest].Item1, $"Department {history.states[latest].Item2}"),
                        (document["active"]!.GetValue<bool>(), document["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"]!["department"]!.GetValue<string>()));
                }
            },
            iter: 60,
            threads: 1);
    }

    [Fact]
    public async Task LastOwner_LosesAccessByNoSync()
    {
        var tenant = cluster.NewTenant();
        var id = ResourceId.New(TimeProvider.System.GetUtcNow());
        var user = cluster.Grains.GetGrain<IUserGrain>(GrainKeys.Resource(tenant, id));
        await user.SyncAsync(Read(id, 0, active: true, "Begin"));
        Assert.Null((await user.SetRoleAsync(new SetRole(Origin, DateTimeOffset.MaxValue, Roles.Owner))).Refusal);
        var gone = await user.SyncAsync(new SyncUser(Origin, DateTimeOffset.MaxValue, $"00u{id}", Start.AddMinutes(1), Active: false));
        Assert.Equal((SyncResult.Refused, "last-owner"), (gone.Result, gone.Error!.Id));
    }

    private static SyncUser Read(string id, int second, bool active, string department) =>
        new(Origin, DateTimeOffset.MaxValue, $"00u{id}", Start.AddSeconds(second), active)
        {
            Fields = Encoding.UTF8.GetBytes(new JsonObject { ["user_name"] = $"{id}@x.io", ["primary_team"] = department }.ToJsonString()),
            Digest = $"{id}-{active}-{department}",
        };
}
