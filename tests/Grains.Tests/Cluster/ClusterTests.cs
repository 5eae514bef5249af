using System.Text;
using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Grains.Tests.Cluster;

/// <summary>Shared by the tests on the cluster: the store behaves until a test says otherwise, and again afterwards.</summary>
[Collection(ClusterCollection.Name)]
public abstract class ClusterTests(GrainCluster cluster) : IDisposable
{
    protected static readonly EventOrigin Origin = new("scim", "token", "correlation");
    protected static readonly DateTimeOffset Deadline = DateTimeOffset.MaxValue;

    protected GrainCluster Cluster => cluster;

    protected string Tenant { get; } = cluster.NewTenant();

    protected InterceptedStore Store => cluster.Store;

    public void Dispose()
    {
        Store.BeforeRead = () => Task.CompletedTask;
        Store.BeforeCommit = _ => Task.CompletedTask;
        Store.AfterCommit = _ => Task.CompletedTask;
        Store.AfterErase = () => Task.CompletedTask;
        GC.SuppressFinalize(this);
    }

    protected IUserGrain User(string id) => cluster.Grains.GetGrain<IUserGrain>(GrainKeys.Resource(Tenant, id));

    protected async Task<string> CreatedAsync(string userName)
    {
        var id = Guid.CreateVersion7().ToString();
        var reply = await User(id).CreateAsync(Create(userName));
        Assert.Null(reply.Error);
        return id;
    }

    protected async Task<IReadOnlyList<StoredEvent>> EventsAsync(string resourceId) =>
        await cluster.Behind.ReadEventsAsync(Tenant, 0, 1_000, resourceId, default);

    internal static CreateResource Create(string userName) => new(Origin, Deadline, Encoding.UTF8.GetBytes(new JsonObject { ["userName"] = userName }.ToJsonString()));

    internal static PatchResource Patch(string path, JsonNode value) => new(Origin, Deadline, null, Encoding.UTF8.GetBytes(new JsonObject
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:PatchOp"),
        ["Operations"] = new JsonArray(new JsonObject { ["op"] = "replace", ["path"] = path, ["value"] = value }),
    }.ToJsonString()));

    protected static JsonObject Document(ResourceReply reply) => JsonNode.Parse(reply.Document)!.AsObject();
}
