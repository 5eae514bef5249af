using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Contracts.Directory;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Tenants;
using static OrleansIdentity.Grains.Tests.Schemas.OwnSchema;

namespace OrleansIdentity.Grains.Tests.Cluster;

public sealed class SchemaGrainTests(GrainCluster cluster) : ClusterTests(cluster)
{
    private static readonly byte[] Hash = SHA256.HashData("token"u8);

    private ITenantGrain Grain => Cluster.Grains.GetGrain<ITenantGrain>(Tenant);

    [Fact]
    public async Task Define_IsInForceForTheNextAuthentication()
    {
        await CreateTenantAsync();
        Assert.Equal(0, (await Grain.AuthenticateAsync(Hash)).SchemaRevision);

        var reply = await DefineAsync(0, Text("code"));

        Assert.True(reply.Changed);
        Assert.Equal(1, (await Grain.AuthenticateAsync(Hash)).SchemaRevision);
        Assert.Equal("code", Assert.Single((await Grain.ReadSchemaAsync())!.Attributes).Name);
        Assert.False((await DefineAsync(0, Text("code"))).Changed);
        Assert.Single(await TenantEventsAsync());
    }

    [Fact]
    public async Task Define_TwentyFromTheSameRevision_OneWins()
    {
        await CreateTenantAsync();
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => DefineAsync(0, Text($"a{number}"))));

        Assert.Equal(19, replies.Count(reply => reply.Refusal?.Id == "schema-revision-conflict"));
        var winner = Assert.Single(replies, reply => reply.Changed).Schema!;
        Assert.Equal(winner.Attributes[0].Name, (await Grain.ReadSchemaAsync())!.Attributes[0].Name);
        Assert.Single(await TenantEventsAsync());
    }

    [Fact]
    public async Task Schema_OfATenantThatIsNot_IsNull() => Assert.Null(await Grain.ReadSchemaAsync());

    [Fact]
    public async Task Tenant_StoredBeforeThereWereSchemas_GoesOnAndCanDefineOne()
    {
        var document = JsonNode.Parse(new TenantState(Tenant, [], true, TimeProvider.System.GetUtcNow(), [new ScimToken("t1", Hash, "l", TimeProvider.System.GetUtcNow())]).ToDocument())!;
        document.AsObject().Remove("schema");
        var key = new RecordKey(Tenant, RecordKinds.Tenant, Tenant);
        var put = new PutRecord(key, 0, Encoding.UTF8.GetBytes(document.ToJsonString()), []);
        var data = new EventData(EventTypes.TenantCreated, TimeProvider.System.GetUtcNow(), RecordKinds.Tenant, Tenant, 1, Origin, "[]"u8.ToArray());
        Assert.IsType<CommitOutcome.Committed>(await Cluster.Behind.CommitAsync(new Commit(Guid.CreateVersion7(), Tenant, put, data)));

        Assert.Equal((AuthenticationResult.Accepted, 0), ((await Grain.AuthenticateAsync(Hash)).Result, (int)(await Grain.AuthenticateAsync(Hash)).SchemaRevision));
        Assert.True((await DefineAsync(0, Text("code"))).Changed);
    }

    [Fact]
    public async Task Command_ReadByARevision_IsCarriedOutByIt()
    {
        await CreateTenantAsync();
        await DefineAsync(0, Of("level", CustomAttributeType.Integer));
        var id = await CreatedAsync("ann");

        var patched = await User(id).PatchAsync(Patch($"{Urn}:level", 3) with { SchemaRevision = 1 });
        Assert.Equal(3, Document(patched)[Urn]!["level"]!.GetValue<int>());
        Assert.Equal("value-type", (await User(id).PatchAsync(Patch($"{Urn}:level", "three") with { SchemaRevision = 1 })).Error!.Id);
        Assert.Equal(1, await CountAsync($"{Urn}:level gt 2", 1));
    }

    [Fact]
    public async Task Command_ReadByAnEarlierRevision_IsCarriedOutByTheLaterOne()
    {
        await CreateTenantAsync();
        await DefineAsync(0, Text("gone"), Text("kept"));
        await DefineAsync(1, Text("kept"));
        var id = Guid.CreateVersion7().ToString();

        // A node that has heard of revision 2 is sent what another one has read by revision 1.
        Assert.Null((await User(await CreatedAsync("first")).PatchAsync(Patch("title", "t") with { SchemaRevision = 2 })).Error);
        var created = await User(id).CreateAsync(Create(Own("ann", """{"gone":"g","kept":"k"}"""), 1));
        Assert.Equal("""{"kept":"k"}""", Document(created)[Urn]!.ToJsonString());
        Assert.Equal("path-unknown-attribute", (await User(id).PatchAsync(Patch($"{Urn}:gone", "g") with { SchemaRevision = 1 })).Error!.Id);
        Assert.Equal("filter-unknown-attribute", (await ListAsync($"{Urn}:gone pr", 1)).Error!.Id);
    }

    // A node of an earlier version sends no revision, and keeps what it does not know as it came.
    [Fact]
    public async Task Command_FromANodeThatKnowsOfNoSchemas_IsStillCarriedOut()
    {
        await CreateTenantAsync();
        await DefineAsync(0, Of("level", CustomAttributeType.Integer));
        var (before, after) = (Guid.CreateVersion7().ToString(), Guid.CreateVersion7().ToString());
        const string own = """{"LEVEL":3,"shoe":1}""";

        Assert.Null((await User(before).CreateAsync(Create(Own("before", own), 0))).Error);
        Assert.Equal(1, await CountAsync($"{Urn}:level eq 3", 1));
        Assert.Equal("""{"level":3}""", Document(await User(after).CreateAsync(Create(Own("after", own), 0)))[Urn]!.ToJsonString());
        Assert.Equal(2, await CountAsync($"{Urn}:level eq 3", 0));
    }

    [Fact]
    public async Task Values_WithoutAnAttributeAnyMore_GoWithTheNextChangeAndNotBefore()
    {
        await CreateTenantAsync();
        await DefineAsync(0, Text("gone"), Text("kept"));
        var id = Guid.CreateVersion7().ToString();
        await User(id).CreateAsync(Create(Own("ann", """{"gone":"g","kept":"k"}"""), 1));
        await DefineAsync(1, Text("kept"));

        var unchanged = await User(id).PatchAsync(Patch($"{Urn}:kept", "k") with { SchemaRevision = 2 });
        Assert.Equal((false, 1), (unchanged.Changed, (int)unchanged.Version));
        Assert.Equal("g", Document(await User(id).ReadAsync())[Urn]!["gone"]!.GetValue<string>());

        var changed = await User(id).PatchAsync(Patch("title", "t") with { SchemaRevision = 2 });
        Assert.Equal("""{"kept":"k"}""", Document(changed)[Urn]!.ToJsonString());
        var told = JsonNode.Parse((await EventsAsync(id))[^1].Data.Changes.Span)!.AsArray();
        Assert.Equal(["title", $"{Urn}:gone"], told.Select(change => change!["path"]!.GetValue<string>()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Store_AwayWhenARevisionIsLearnt_IsAnErrorAndNotAGuess()
    {
        await CreateTenantAsync();
        await DefineAsync(0, Text("code"));
        var id = await CreatedAsync("ann");
        Store.BeforeRead = () => throw new StoreUnavailableException("Away.");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => User(id).PatchAsync(Patch($"{Urn}:code", "c") with { SchemaRevision = 1 }));
        Store.BeforeRead = () => Task.CompletedTask;
        Assert.True((await User(id).PatchAsync(Patch($"{Urn}:code", "c") with { SchemaRevision = 1 })).Changed);
    }

    private static string Own(string userName, string own) => $"{{\"userName\":\"{userName}\",\"{Urn}\":{own}}}";

    private static CreateResource Create(string attributes, long revision) => new(Origin, Deadline, Encoding.UTF8.GetBytes(attributes)) { SchemaRevision = revision };

    private Task<SchemaReply> DefineAsync(long revision, params CustomAttribute[] attributes) =>
        Grain.DefineSchemaAsync(new DefineSchema(revision, Urn, attributes, Origin));

    private Task<ListReply> ListAsync(string filter, long revision) =>
        Cluster.Grains.GetGrain<IDirectoryGrain>(Tenant).ListUsersAsync(new ListRequest(filter, 1, 10, "token") { SchemaRevision = revision }, default);

    private async Task<long> CountAsync(string filter, long revision)
    {
        var reply = await ListAsync(filter, revision);
        Assert.Null(reply.Error);
        return reply.Total;
    }

    private async Task<IReadOnlyList<StoredEvent>> TenantEventsAsync() =>
        [.. (await EventsAsync(Tenant)).Where(one => one.Data.Type == EventTypes.TenantSchemaChanged)];

    private async Task CreateTenantAsync()
    {
        Assert.Null((await Grain.CreateAsync(new CreateTenant([], Origin))).Refusal);
        Assert.Null((await Grain.AddTokenAsync(new AddScimToken("t1", Hash, "label", Origin))).Refusal);
        Assert.Null((await Grain.SetIntegrationAsync(true, Origin)).Refusal);
    }
}
