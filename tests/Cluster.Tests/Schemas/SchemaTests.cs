using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace OrleansIdentity.Cluster.Tests.Schemas;

/// <summary>A schema that is defined through one API is in force on every node: the other API reads by it, and the silos carry out by it.</summary>
public sealed class SchemaTests(Topology.Cluster fixture) : IClassFixture<Topology.Cluster>
{
    private readonly string _tenant = fixture.Script.Demo["tenant"]!.GetValue<string>();

    [Fact]
    public async Task Schema_DefinedThroughOneApi_IsInForceOnTheOtherAtTheNextRequest()
    {
        using var client = new HttpClient();
        var apis = fixture.Script.Apis;
        var operatorKey = fixture.Script.Demo["operatorKey"]!.GetValue<string>();
        var schema = (await SendAsync(client, HttpMethod.Get, new Uri(apis[0], $"/operator/v1/tenants/{_tenant}/schema"), operatorKey)).Body!;
        var urn = schema["urn"]!.GetValue<string>();
        for (var round = 0; round < 10; round++)
        {
            var name = $"round{round}";
            schema["attributes"] = new JsonArray(new JsonObject { ["name"] = name, ["type"] = "integer" });
            var (defining, asked) = (apis[round % 2], apis[(round + 1) % 2]);
            var defined = await SendAsync(client, HttpMethod.Put, new Uri(defining, $"/operator/v1/tenants/{_tenant}/schema"), operatorKey, schema);
            Assert.Equal(200, defined.Status);
            schema = defined.Body!;

            var described = await ScimAsync(client, asked, HttpMethod.Get, $"Schemas/{urn}");
            Assert.Equal(name, Assert.Single(described.Body!["attributes"]!.AsArray())!["name"]!.GetValue<string>());
            for (var number = 0; number < 4; number++)
            {
                // New ids, so that both silos have to do with it.
                var user = new JsonObject
                {
                    ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:User"),
                    ["userName"] = $"{name}-{number}@example.com",
                    [urn] = new JsonObject { [name] = number },
                };
                var created = await ScimAsync(client, asked, HttpMethod.Post, "Users", user);
                Assert.Equal((201, number), (created.Status, created.Body![urn]![name]!.GetValue<int>()));
                var patch = new JsonObject
                {
                    ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:PatchOp"),
                    ["Operations"] = new JsonArray(new JsonObject { ["op"] = "replace", ["path"] = $"{urn}:{name}", ["value"] = number + 100 }),
                };
                Assert.Equal(200, (await ScimAsync(client, asked, HttpMethod.Patch, $"Users/{created.Body["id"]}", patch)).Status);
            }

            var found = await ScimAsync(client, asked, HttpMethod.Get, $"Users?count=0&filter={Uri.EscapeDataString($"{urn}:{name} ge 100")}");
            Assert.Equal(4, found.Body!["totalResults"]!.GetValue<int>());
        }
    }

    private Task<(int Status, JsonObject? Body)> ScimAsync(HttpClient client, Uri api, HttpMethod method, string path, JsonObject? body = null) =>
        SendAsync(client, method, new Uri(api, $"/t/{_tenant}/scim/v2/{path}"), fixture.Script.Demo["scimToken"]!.GetValue<string>(), body);

    private static async Task<(int Status, JsonObject? Body)> SendAsync(HttpClient client, HttpMethod method, Uri address, string bearer, JsonObject? body = null)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        request.Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, MediaTypeHeaderValue.Parse("application/json"));
        using var response = await client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonObject>());
    }
}
