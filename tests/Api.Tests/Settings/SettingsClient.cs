using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Product;
using OrleansIdentity.Api.Tests.SignIn;

namespace OrleansIdentity.Api.Tests.Settings;

/// <summary>Somebody of a tenant who is signed in and speaks to its settings.</summary>
public sealed class SettingsClient : IDisposable
{
    public const string Root = "/api/v1/settings/integrations/okta";

    private readonly string _token;

    private SettingsClient(Person person, string token) => (Person, _token) = (person, token);

    public Person Person { get; }

    public static async Task<SettingsClient> CreateAsync(TestTenant tenant, string role = "owner")
    {
        var person = await Person.CreateAsync(tenant, $"{role}@example.com");
        await person.SetRoleAsync(role);
        return new SettingsClient(person, await person.SignInAsync());
    }

    public Task<HttpResponseMessage> GetAsync() => SendAsync("GET", "");

    public Task<HttpResponseMessage> SendAsync(string method, string path, object? body = null, params (string Name, string Value)[] headers) =>
        Person.SendAsync(method, Root + path, _token, body is null ? null : JsonContent.Create(body), headers);

    /// <summary>A call that must succeed, and its answer.</summary>
    public async Task<JsonObject> DoAsync(string method, string path, object? body = null)
    {
        var answer = await SendAsync(method, path, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>A call's status and the id of its problem.</summary>
    public async Task<(int Status, string Id)> RefusalAsync(string method, string path, object? body = null, params (string Name, string Value)[] headers) =>
        await ProblemAsync(await SendAsync(method, path, body, headers));

    public static async Task<(int Status, string Id)> ProblemAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, JsonNode.Parse(text)?["id"]?.GetValue<string>() ?? text);
    }

    public void Dispose() => Person.Dispose();
}
