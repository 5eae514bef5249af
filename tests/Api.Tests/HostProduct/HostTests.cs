using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OrleansIdentity.Api.Tests.Product;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Api.Tests.HostProduct;

/// <summary>A tenant with an owner and a key of the host API, for each test.</summary>
public abstract class HostTests(SharedProduct shared) : IAsyncLifetime
{
    protected RunningProduct Product => shared.Product;

    protected TestTenant Tenant { get; private set; } = null!;

    protected HostClient Host { get; private set; } = null!;

    /// <summary>The id of the owner.</summary>
    protected string Owner { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Tenant = await TestTenant.CreateAsync(Product);
        Host = await HostClient.MintAsync(Tenant);
        Owner = await MakeOwnerAsync(Tenant);
    }

    public Task DisposeAsync()
    {
        Tenant.Dispose();
        Host.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Makes an owner of a tenant.</summary>
    public static async Task<string> MakeOwnerAsync(TestTenant tenant)
    {
        var made = await tenant.Product.Operator.PostAsJsonAsync($"/operator/v1/tenants/{tenant.Slug}/owners", new { email = "owner@x.io" });
        return Id((await made.Content.ReadFromJsonAsync<JsonObject>())!);
    }

    /// <summary>Creates a person of a role.</summary>
    protected async Task<string> PersonAsync(string userName, string role)
    {
        var id = await Tenant.Scim.CreateAsync(userName);
        var user = Product.Services.GetRequiredService<IGrainFactory>().GetGrain<IUserGrain>(GrainKeys.Resource(Tenant.Slug, id));
        Assert.Null((await user.SetRoleAsync(new SetRole(new EventOrigin("test", "test", "test"), DateTimeOffset.MaxValue, role))).Refusal);
        return id;
    }

    protected static string? Text(JsonObject body, params string[] path) => path.Aggregate((JsonNode?)body, (node, name) => node?[name])?.GetValue<string>();

    protected static string Id(JsonObject one) => one["id"]!.GetValue<string>();

    protected static string[] Ids(JsonObject page) => [.. page["users"]!.AsArray().Select(user => user!["id"]!.GetValue<string>())];

    protected static string[] Results(JsonObject report) => [.. report["rows"]!.AsArray().Select(row => row!["result"]!.GetValue<string>())];
}
