using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Storage.Tests.AzureTables;

/// <summary>Hands the emulator to tests.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    /// <summary>The emulator.</summary>
    public Azurite Azurite { get; private set; } = null!;

    public async Task InitializeAsync() => Azurite = await Azurite.GetAsync();

    public Task DisposeAsync() => Task.CompletedTask;
}

/// <summary>All tests that share the emulator.</summary>
[CollectionDefinition(Name)]
public sealed class AzuriteCollection : ICollectionFixture<AzuriteFixture>
{
    public const string Name = "Azurite";
}
