using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Api.Tests.Product;

/// <summary>A product of its own, whose store a test can make wait and fail.</summary>
public sealed class InterceptedProduct : IAsyncDisposable
{
    private readonly string _data;
    private readonly TestStore _inner;

    private InterceptedProduct(string data, TestStore inner, InterceptedStore store, RunningProduct product)
    {
        _data = data;
        _inner = inner;
        Store = store;
        Product = product;
    }

    public InterceptedStore Store { get; }

    public RunningProduct Product { get; }

    public static async Task<InterceptedProduct> StartAsync(params string[] settings)
    {
        var data = Directory.CreateTempSubdirectory("orleansidentity-intercepted-").FullName;
        var inner = await TestStore.OpenAsync();
        var store = new InterceptedStore(inner.Store);
        var product = await RunningProduct.StartAsync(data, builder => builder.Services.Replace(ServiceDescriptor.Singleton<IDirectoryStore>(store)), settings);
        return new InterceptedProduct(data, inner, store, product);
    }

    public async ValueTask DisposeAsync()
    {
        await Product.DisposeAsync();
        await _inner.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }
}
