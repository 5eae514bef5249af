using Microsoft.Extensions.Logging.Abstractions;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Storage.AzureTables;
using OrleansIdentity.Silo.Storage.AzureTables.Account;
using OrleansIdentity.Storage.Tests.Conformance;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Storage.Tests.AzureTables;

/// <summary>Tables and a container of their own in the shared emulator.</summary>
public sealed class AzureHarness : StoreHarness
{
    private readonly List<AzureDirectoryStore> _others = [];

    public AzureHarness(Azurite azurite)
    {
        var name = $"t{Guid.CreateVersion7():n}";
        Options = new AzureStorageOptions
        {
            ConnectionString = azurite.ConnectionString,
            TableName = name,
            ContainerName = name,
            GrainStateTableName = name + "state",
        };
    }

    public AzureStorageOptions Options { get; }

    public AzureDirectoryStore Azure => (AzureDirectoryStore)Store;

    public override async Task OpenAsync() => Store = await OpenAnotherAsync();

    public Task<AzureDirectoryStore> OpenAnotherAsync(TimeProvider? time = null, HttpMessageHandler? handler = null) => AzureDirectoryStore.OpenAsync(
        Options,
        time ?? TimeProvider.System,
        NullLogger<AzureDirectoryStore>.Instance,
        handler is null ? null : new global::Azure.Core.Pipeline.HttpClientTransport(handler),
        default);

    public override async Task<IDirectoryStore> OpenOnAnotherNodeAsync()
    {
        var store = await OpenAnotherAsync();
        _others.Add(store);
        return store;
    }

    public override async Task RestartAsync()
    {
        await Azure.DisposeAsync();
        await OpenAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var store in _others.Append(Azure))
        {
            await store.DisposeAsync();
        }
    }
}

[Collection(AzuriteCollection.Name)]
public sealed class AzureCommitTests(AzuriteFixture fixture) : CommitTests(new AzureHarness(fixture.Azurite));

[Collection(AzuriteCollection.Name)]
public sealed class AzurePrivateTests(AzuriteFixture fixture) : PrivateTests(new AzureHarness(fixture.Azurite));

[Collection(AzuriteCollection.Name)]
public sealed class AzureQueryTests(AzuriteFixture fixture) : QueryTests(new AzureHarness(fixture.Azurite));

[Collection(AzuriteCollection.Name)]
public sealed class AzureSortTests(AzuriteFixture fixture) : SortTests(new AzureHarness(fixture.Azurite));

[Collection(AzuriteCollection.Name)]
public sealed class AzureKeyTests(AzuriteFixture fixture) : KeyTests(new AzureHarness(fixture.Azurite));

[Collection(AzuriteCollection.Name)]
public sealed class AzureExtremeTests(AzuriteFixture fixture) : ExtremeTests(new AzureHarness(fixture.Azurite));

[Collection(AzuriteCollection.Name)]
public sealed class AzureNodeTests(AzuriteFixture fixture) : NodeTests(new AzureHarness(fixture.Azurite));

[Collection(AzuriteCollection.Name)]
public sealed class AzureMemberTests(AzuriteFixture fixture) : MemberTests(new AzureHarness(fixture.Azurite))
{
    protected override int Many => 5_000;
}
