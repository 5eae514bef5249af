using OrleansIdentity.Silo.Storage.AzureTables;
using OrleansIdentity.Storage.Tests.Conformance;

namespace OrleansIdentity.Storage.Tests.AzureTables;

/// <summary>Shared by tests that come between the store and the service: a second store over the same data, whose requests pass through faults.</summary>
[Collection(AzuriteCollection.Name)]
public abstract class FaultyStoreTests : StoreTests
{
    protected FaultyStoreTests(AzuriteFixture fixture)
        : this(new AzureHarness(fixture.Azurite))
    {
    }

    private FaultyStoreTests(AzureHarness harness)
        : base(harness) => Harness = harness;

    protected AzureHarness Harness { get; }

    private protected Faults Faults { get; } = new();

    private protected Hurry Time { get; } = new();

    protected Task<AzureDirectoryStore> OpenFaultyAsync() => Harness.OpenAnotherAsync(Time, Faults);
}
