using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OrleansIdentity.Api.Tests.Product;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Api.Tests.SignIn;

/// <summary>A provisioned user with a password, who speaks to the tenant's own routes.</summary>
public sealed class Person : IDisposable
{
    public const string Password = "correct horse battery staple";

    private static readonly EventOrigin Origin = new("system", "test", "test");

    private static int _people;

    private readonly HttpClient _http;

    private Person(TestTenant tenant, string id, string name)
    {
        (Tenant, Id, Name, _http) = (tenant, id, name, new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }));
        var number = Interlocked.Increment(ref _people);
        _http.DefaultRequestHeaders.Add("User-Agent", "Test/1");
        _http.DefaultRequestHeaders.Add(ChosenAddress.Header, $"10.1.{number / 250}.{number % 250}");
    }

    public TestTenant Tenant { get; }

    public string Id { get; }

    public string Name { get; }

    public static async Task<Person> CreateAsync(TestTenant tenant, string name = "ann@example.com", bool hasPassword = true)
    {
        var id = await tenant.Scim.CreateAsync(name, ("emails", new JsonArray(new JsonObject { ["value"] = name, ["primary"] = true })));
        var person = new Person(tenant, id, name);
        if (hasPassword)
        {
            await person.SetPasswordAsync(Password);
        }

        return person;
    }

    public async Task SetPasswordAsync(string password)
    {
        var services = Tenant.Product.Services;
        var hash = await services.GetRequiredService<Microsoft.AspNetCore.Identity.IPasswordHasher<object>>().Run(password);
        var user = services.GetRequiredService<IGrainFactory>().GetGrain<IUserGrain>(GrainKeys.Resource(Tenant.Slug, Id));
        Assert.Null((await user.SetPasswordAsync(new SetPassword(Origin, DateTimeOffset.MaxValue, hash))).Refusal);
    }

    public Task InviteAsync() => Tenant.InviteAsync(Id);

    public async Task SetRoleAsync(string role)
    {
        var user = Tenant.Product.Services.GetRequiredService<IGrainFactory>().GetGrain<IUserGrain>(GrainKeys.Resource(Tenant.Slug, Id));
        Assert.Null((await user.SetRoleAsync(new SetRole(Origin, DateTimeOffset.MaxValue, role))).Refusal);
    }

    public Task<HttpResponseMessage> PostSessionAsync(string? login = null, string? password = null) =>
        _http.PostAsJsonAsync(Url("/api/v1/sessions"), new { login = login ?? Name, password = password ?? Password });

    /// <summary>Signs in and gives the token.</summary>
    public async Task<string> SignInAsync()
    {
        var answer = await PostSessionAsync();
        Assert.Equal(201, (int)answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!["token"]!.GetValue<string>();
    }

    public Task<HttpResponseMessage> SendAsync(string method, string path, string? token, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), Url(path)) { Content = content };
        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return _http.SendAsync(request);
    }

    public async Task<int> StatusAsync(string token) => (int)(await SendAsync("GET", "/api/v1/me", token)).StatusCode;

    public Uri Url(string path) => new(Tenant.Product.BaseUrl, $"/t/{Tenant.Slug}{path}");

    public void Dispose() => _http.Dispose();
}

internal static class HasherExtensions
{
    public static Task<string> Run(this Microsoft.AspNetCore.Identity.IPasswordHasher<object> hasher, string password) => Task.FromResult(hasher.HashPassword(new object(), password));
}
