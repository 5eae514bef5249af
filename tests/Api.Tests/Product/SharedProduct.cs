namespace OrleansIdentity.Api.Tests.Product;

/// <summary>One product for all tests that do not need their own: each test has a tenant of its own in it.</summary>
public sealed class SharedProduct : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("orleansidentity-api-tests-").FullName;

    public RunningProduct Product { get; private set; } = null!;

    public async Task InitializeAsync() => Product = await RunningProduct.StartAsync(_data);

    public async Task DisposeAsync()
    {
        await Product.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }
}

[CollectionDefinition(Name)]
public sealed class ProductCollection : ICollectionFixture<SharedProduct>
{
    public const string Name = "product";
}
