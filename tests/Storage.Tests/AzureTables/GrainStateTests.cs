using System.Text.Json;
using System.Text.Json.Nodes;
using Azure;
using Azure.Data.Tables;
using Orleans.Runtime;
using Orleans.Serialization.Activators;
using Orleans.Serialization.Serializers;
using Orleans.Storage;
using OrleansIdentity.Silo.Storage;
using OrleansIdentity.Silo.Storage.AzureTables.Account;
using OrleansIdentity.Silo.Storage.AzureTables.GrainState;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Storage.Tests.AzureTables;

/// <summary>Rows in the layout of Orleans' own Azure Table provider, as the golden files hold them, written and read.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class GrainStateTests(AzuriteFixture fixture) : IAsyncLifetime
{
    private readonly AzureStorageOptions _options = new AzureHarness(fixture.Azurite).Options;

    private TableClient Table => AzureAccount.Connect(_options).GrainStates;

    public static TheoryData<string, string, string, bool> Goldens => new()
    {
        { "bytes", "acme|1", "cursor", false },
        { "text", "acme|2", "run/progress", true },
    };

    public Task InitializeAsync() => AzureAccount.Connect(_options).PrepareAsync(new Persistence(_options, TimeProvider.System), default);

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [MemberData(nameof(Goldens))]
    public async Task Write_AState_IsTheGoldenRow(string golden, string key, string name, bool asText)
    {
        _options.GrainStateAsText = asText;
        var state = new GrainState<Progress>(new Progress { Name = "ann", Count = 7 });
        await Open().WriteStateAsync(name, Grain(key), state);

        Assert.True(state.RecordExists);
        var row = await Golden(golden).FindIn(Table);
        Assert.Equal(row.ETag.ToString(), state.ETag);
        Assert.Equal(Golden(golden).Text, Text(row));
    }

    [Theory]
    [MemberData(nameof(Goldens))]
    public async Task Read_TheGoldenRow_IsTheState(string golden, string key, string name, bool asText)
    {
        // What is written does not decide what can be read.
        _options.GrainStateAsText = !asText;
        await Table.AddEntityAsync(Golden(golden).ToEntity());
        var state = new GrainState<Progress>();
        await Open().ReadStateAsync(name, Grain(key), state);

        Assert.Equal(("ann", 7, true), (state.State!.Name, state.State.Count, state.RecordExists));
        state.State.Count = 8;
        await Open().WriteStateAsync(name, Grain(key), state);
    }

    [Fact]
    public async Task Clear_WithoutDeletion_LeavesTheGoldenRow()
    {
        var state = new GrainState<Progress>(new Progress { Count = 1 });
        await Open().WriteStateAsync("cursor", Grain("a/b#c?d"), state);
        await Open().ClearStateAsync("cursor", Grain("a/b#c?d"), state);

        Assert.Equal((0, false), (state.State!.Count, state.RecordExists));
        var row = await Golden("cleared").FindIn(Table);
        Assert.Equal(row.ETag.ToString(), state.ETag);
        Assert.Equal(Golden("cleared").Text, Text(row));

        var read = new GrainState<Progress>();
        await Open().ReadStateAsync("cursor", Grain("a/b#c?d"), read);
        Assert.Equal((false, state.ETag), (read.RecordExists, read.ETag));
    }

    [Fact]
    public async Task Clear_WithDeletion_LeavesNoRow()
    {
        _options.DeleteGrainStateOnClear = true;
        var state = new GrainState<Progress>(new Progress());
        await Open().ClearStateAsync("cursor", Grain("a"), state);
        await Open().WriteStateAsync("cursor", Grain("a"), state);
        await Open().ClearStateAsync("cursor", Grain("a"), state);

        Assert.Null(state.ETag);
        Assert.False((await Table.GetEntityIfExistsAsync<TableEntity>("identity_counter_a", "cursor")).HasValue);
        await Open().WriteStateAsync("cursor", Grain("a"), state);
    }

    [Theory]
    [InlineData(false, 70_000, 65_536, "Data", "Data1")]
    [InlineData(true, 70_000, 32_768, "StringData", "StringData2")]
    public async Task Write_ALargeState_IsSplitAsTheProviderDoes(bool asText, int length, int first, string firstColumn, string lastColumn)
    {
        _options.GrainStateAsText = asText;
        var state = new GrainState<Progress>(new Progress { Name = new string('n', length) });
        await Open().WriteStateAsync("cursor", Grain("a"), state);

        var row = (await Table.GetEntityAsync<TableEntity>("identity_counter_a", "cursor")).Value;
        Assert.Equal(first, row[firstColumn] is byte[] bytes ? bytes.Length : ((string)row[firstColumn]).Length);
        Assert.True(row.ContainsKey(lastColumn));
        var read = new GrainState<Progress>();
        await Open().ReadStateAsync("cursor", Grain("a"), read);
        Assert.Equal(length, read.State!.Name.Length);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => Open().WriteStateAsync("cursor", Grain("b"), new GrainState<Progress>(new Progress { Name = new string('n', 1_000_000) })));
    }

    [Fact]
    public async Task WriteAndClear_WithAnOldETag_AreRefused()
    {
        var first = new GrainState<Progress>(new Progress());
        await Open().WriteStateAsync("cursor", Grain("a"), first);
        var old = new GrainState<Progress>(new Progress(), first.ETag);
        first.State!.Count = 1;
        await Open().WriteStateAsync("cursor", Grain("a"), first);

        await Assert.ThrowsAsync<InconsistentStateException>(() => Open().WriteStateAsync("cursor", Grain("a"), old));
        await Assert.ThrowsAsync<InconsistentStateException>(() => Open().ClearStateAsync("cursor", Grain("a"), old));
        await Assert.ThrowsAsync<InconsistentStateException>(() => Open().WriteStateAsync("cursor", Grain("a"), new GrainState<Progress>(new Progress())));
        var absent = new GrainState<Progress>();
        await Open().ReadStateAsync("cursor", Grain("nobody"), absent);
        Assert.Equal((false, null), (absent.RecordExists, absent.ETag));
    }

    private static GrainId Grain(string key) => GrainId.Create("counter", key);

    private AzureTableGrainState Open() => new(Table, "identity", new Utf8JsonGrainStorageSerializer(), new Activators(), _options, TimeProvider.System);

    private static GoldenRow Golden(string name) =>
        new(JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", $"{name}.json")))!.AsObject());

    // The row as JSON with types, without what the service adds.
    private static string Text(TableEntity row)
    {
        var json = new JsonObject { ["PartitionKey"] = row.PartitionKey, ["RowKey"] = row.RowKey };
        foreach (var (name, value) in row.Where(column => column.Key is not ("odata.etag" or "PartitionKey" or "RowKey" or "Timestamp")))
        {
            if (value is byte[] bytes)
            {
                json[$"{name}@odata.type"] = "Edm.Binary";
                json[name] = Convert.ToBase64String(bytes);
            }
            else
            {
                json[name] = JsonSerializer.SerializeToNode(value);
            }
        }

        return json.ToJsonString();
    }

    private sealed record GoldenRow(JsonObject Json)
    {
        public string Text => Json.ToJsonString();

        public async Task<TableEntity> FindIn(TableClient table) =>
            (await table.GetEntityAsync<TableEntity>((string)Json["PartitionKey"]!, (string)Json["RowKey"]!)).Value;

        public TableEntity ToEntity()
        {
            var row = new TableEntity();
            foreach (var (name, value) in Json.Where(column => !column.Key.EndsWith("@odata.type", StringComparison.Ordinal)))
            {
                row[name] = Json.ContainsKey($"{name}@odata.type") ? Convert.FromBase64String((string)value!) : (string)value!;
            }

            return row;
        }
    }

    public sealed class Progress
    {
        public string Name { get; set; } = "";

        public int Count { get; set; }
    }

    private sealed class Activators : IActivatorProvider
    {
        public IActivator<T> GetActivator<T>() => new Plain<T>();

        private sealed class Plain<T> : IActivator<T>
        {
            public T Create() => Activator.CreateInstance<T>();
        }
    }
}
