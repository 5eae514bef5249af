using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Schemas;

[Collection(ProductCollection.Name)]
public sealed class SchemaTests(SharedProduct shared) : IAsyncLifetime
{
    private TestTenant _tenant = null!;

    private string Urn => _tenant.SchemaUrn;

    public async Task InitializeAsync() => _tenant = await TestTenant.CreateAsync(shared.Product);

    public Task DisposeAsync()
    {
        _tenant.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Defined_IsDiscoveredAtTheNextRequest()
    {
        Assert.Equal(3, (await _tenant.Scim.GetAsync("Schemas")).Body!["totalResults"]!.GetValue<int>());
        (await _tenant.Scim.GetAsync($"Schemas/{Urn}")).ShouldBeError(404);

        await _tenant.DefineSchemaAsync(0, new { name = "hireDate", type = "dateTime", description = "The first day." }, new { name = "code", type = "string", required = true });

        Assert.Equal(4, (await _tenant.Scim.GetAsync("Schemas")).Body!["totalResults"]!.GetValue<int>());
        var schema = (await _tenant.Scim.GetAsync($"Schemas/{Urn.ToUpperInvariant()}")).Body!;
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"name":"hireDate","type":"dateTime","multiValued":false,"description":"The first day.","required":false,"caseExact":false,"mutability":"readWrite","returned":"default","uniqueness":"none"}"""),
            schema["attributes"]![0]));
        var extensions = (await _tenant.Scim.GetAsync("ResourceTypes/User")).Body!["schemaExtensions"]!.AsArray();
        Assert.Equal((Urn, true), (extensions[1]!["schema"]!.GetValue<string>(), extensions[1]!["required"]!.GetValue<bool>()));
        Assert.Empty((await _tenant.Scim.GetAsync("ResourceTypes/Group")).Body!["schemaExtensions"]!.AsArray());
    }

    [Fact]
    public async Task Values_AreCreatedReplacedPatchedAndFound()
    {
        await _tenant.DefineSchemaAsync(0, new { name = "hireDate", type = "dateTime" }, new { name = "badges", type = "string", multiValued = true });
        var id = await _tenant.Scim.CreateAsync("ann@example.com", (Urn, Own("hireDate", "2026-01-02T03:04:05Z")));
        await _tenant.Scim.CreateAsync("bob@example.com");

        var read = (await _tenant.Scim.GetAsync($"Users/{id}")).Body!;
        Assert.Contains(Urn, read["schemas"]!.AsArray().Select(urn => urn!.GetValue<string>()));
        Assert.Equal(1, await CountAsync($"{Urn}:hireDate lt \"2026-01-02T06:00:00+01:00\""));

        var replaced = (await _tenant.Scim.PutAsync($"Users/{id}", ScimClient.User("ann@example.com", (Urn, Own("badges", new JsonArray("a")))))).Body!;
        Assert.Equal("""{"badges":["a"]}""", replaced[Urn]!.ToJsonString());
        var patched = (await _tenant.Scim.PatchAsync($"Users/{id}", ScimClient.PatchOp(new JsonObject { ["op"] = "add", ["path"] = $"{Urn}:Badges", ["value"] = "b" }))).Body!;
        Assert.Equal("""{"badges":["a","b"]}""", patched[Urn]!.ToJsonString());
        Assert.Equal(1, await CountAsync($"{Urn}:badges eq \"B\""));
        var without = (await _tenant.Scim.PutAsync($"Users/{id}", ScimClient.User("ann@example.com"))).Body!;
        Assert.Equal(["urn:ietf:params:scim:schemas:core:2.0:User"], without["schemas"]!.AsArray().Select(urn => urn!.GetValue<string>()));

        var change = (await _tenant.EventsAsync(id))[2]["changes"]![0]!;
        Assert.Equal(($"{Urn}:badges", """["a","b"]"""), (change["path"]!.GetValue<string>(), change["after"]!.ToJsonString()));
    }

    [Fact]
    public async Task Values_OfAnotherTypeOrNotAllowed_AreInvalidValueAndChangeNothing()
    {
        await _tenant.DefineSchemaAsync(0, new { name = "floor", type = "integer" }, new { name = "level", type = "string", canonicalValues = new[] { "Junior", "Senior" } });
        var id = await _tenant.Scim.CreateAsync("ann@example.com");
        foreach (var own in new JsonNode[] { Own("floor", "three"), Own("floor", 1.5), Own("level", "Chief"), JsonValue.Create("text") })
        {
            (await _tenant.Scim.PostAsync("Users", ScimClient.User("new@example.com", (Urn, own.DeepClone())))).ShouldBeError(400, "invalidValue");
            (await _tenant.Scim.PutAsync($"Users/{id}", ScimClient.User("ann@example.com", (Urn, own.DeepClone())))).ShouldBeError(400, "invalidValue");
            (await _tenant.Scim.PatchAsync($"Users/{id}", ScimClient.PatchOp(ScimClient.Replace(null, new JsonObject { [Urn] = own.DeepClone() })))).ShouldBeError(400, "invalidValue");
        }

        Assert.Single(await _tenant.EventsAsync(id));
        Assert.Equal("Senior", (await _tenant.Scim.PatchAsync($"Users/{id}", ScimClient.PatchOp(ScimClient.Replace($"{Urn}:level", "senior")))).Body![Urn]!["level"]!.GetValue<string>());
    }

    [Fact]
    public async Task Required_FromNowOn_LeavesThoseWhoAreThereReadableAndPatchable()
    {
        var id = await _tenant.Scim.CreateAsync("ann@example.com");
        await _tenant.DefineSchemaAsync(0, new { name = "code", type = "string", required = true });

        (await _tenant.Scim.PostAsync("Users", ScimClient.User("bob@example.com"))).ShouldBeError(400, "invalidValue");
        (await _tenant.Scim.PutAsync($"Users/{id}", ScimClient.User("ann@example.com"))).ShouldBeError(400, "invalidValue");
        Assert.Equal(200, (await _tenant.Scim.GetAsync($"Users/{id}")).Status);
        Assert.Equal(200, (await _tenant.Scim.PatchAsync($"Users/{id}", ScimClient.PatchOp(ScimClient.Replace(null, new JsonObject { ["active"] = false })))).Status);
        Assert.Equal(200, (await _tenant.Scim.PutAsync($"Users/{id}", ScimClient.User("ann@example.com", (Urn, Own("code", "c"))))).Status);
    }

    [Fact]
    public async Task Attributes_OfOneTenant_AreUnknownToAnother()
    {
        using var other = await TestTenant.CreateAsync(shared.Product);
        await _tenant.DefineSchemaAsync(0, new { name = "code", type = "integer" });
        await _tenant.Scim.CreateAsync("ann@example.com", (Urn, Own("code", 1)));

        (await other.Scim.GetAsync($"Schemas/{Urn}")).ShouldBeError(404);
        (await other.Scim.GetAsync($"Users?filter={Uri.EscapeDataString($"{Urn}:code eq 1")}")).ShouldBeError(400, "invalidFilter");
        Assert.Equal(2, (await other.Scim.GetAsync("ResourceTypes")).Body!["totalResults"]!.GetValue<int>());

        // What is an extension of nobody's is kept as it came, as ever.
        var id = await other.Scim.CreateAsync("ann@example.com", (Urn, Own("code", "no number")));
        Assert.Equal("no number", (await other.Scim.GetAsync($"Users/{id}")).Body![Urn]!["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task Values_FromBeforeTheSchema_AreTakenOverWhereTheyFit()
    {
        var id = await _tenant.Scim.CreateAsync("ann@example.com", (Urn.ToLowerInvariant(), new JsonObject { ["CODE"] = 7, ["floor"] = "three", ["shoe"] = 1 }));
        await _tenant.DefineSchemaAsync(0, new { name = "code", type = "integer" }, new { name = "floor", type = "integer" });

        foreach (var shown in new[] { (await _tenant.Scim.GetAsync($"Users/{id}")).Body!, (await _tenant.Scim.GetAsync("Users")).Body!["Resources"]![0]!.AsObject() })
        {
            Assert.Equal("""{"code":7}""", shown[Urn]!.ToJsonString());
            Assert.Equal([Urn], shown["schemas"]!.AsArray().Select(urn => urn!.GetValue<string>()).Skip(1));
        }

        Assert.Equal((1, 0), (await CountAsync($"{Urn}:code eq 7"), await CountAsync($"{Urn}:floor pr")));
        Assert.Equal("""{"code":7}""", (await _tenant.Scim.GetAsync($"Users/{id}?attributes={Urn}:code")).Body![Urn]!.ToJsonString());
    }

    [Fact]
    public async Task Attribute_TakenAway_IsOutOfSightAndBackWhenItIsDefinedAgain()
    {
        await _tenant.DefineSchemaAsync(0, new { name = "code", type = "string" }, new { name = "floor", type = "integer" });
        var id = await _tenant.Scim.CreateAsync("ann@example.com", (Urn, new JsonObject { ["code"] = "c", ["floor"] = 3 }));

        await _tenant.DefineSchemaAsync(1, new { name = "floor", type = "integer" });
        Assert.Equal("""{"floor":3}""", (await _tenant.Scim.GetAsync($"Users/{id}")).Body![Urn]!.ToJsonString());
        (await _tenant.Scim.GetAsync($"Users?filter={Uri.EscapeDataString($"{Urn}:code pr")}")).ShouldBeError(400, "invalidFilter");

        await _tenant.DefineSchemaAsync(2, new { name = "code", type = "string" }, new { name = "floor", type = "integer" });
        Assert.Equal("c", (await _tenant.Scim.GetAsync($"Users/{id}")).Body![Urn]!["code"]!.GetValue<string>());

        await _tenant.DefineSchemaAsync(3);
        Assert.Null((await _tenant.Scim.GetAsync($"Users/{id}")).Body![Urn]);
        Assert.Equal(200, (await _tenant.Scim.PatchAsync($"Users/{id}", ScimClient.PatchOp(ScimClient.Replace("title", "t")))).Status);
        await _tenant.DefineSchemaAsync(4, new { name = "code", type = "string" });
        Assert.Null((await _tenant.Scim.GetAsync($"Users/{id}")).Body![Urn]);
    }

    // What is between a definition and a request is decided by which came first, and never ends in a wrong answer.
    [Fact]
    public async Task Requests_WhileTheSchemaChanges_AreAllAnsweredRight()
    {
        var ids = new List<string>();
        for (var number = 0; number < 4; number++)
        {
            ids.Add(await _tenant.Scim.CreateAsync($"u{number}@example.com"));
        }

        var isDone = false;
        var writers = ids.Select(async id =>
        {
            var count = 0;
            while (!Volatile.Read(ref isDone))
            {
                var patched = await _tenant.Scim.PatchAsync($"Users/{id}", ScimClient.PatchOp(ScimClient.Replace($"{Urn}:code", $"c{count++}")));
                Assert.True(patched.Status == 200 || patched.ScimType == "invalidPath", patched.Text);
                Assert.Equal(200, (await _tenant.Scim.GetAsync($"Users/{id}")).Status);
                var found = await _tenant.Scim.GetAsync($"Users?filter={Uri.EscapeDataString($"{Urn}:code sw \"c\"")}");
                Assert.True(found.Status == 200 || found.ScimType == "invalidFilter", found.Text);
            }
        }).ToArray();
        for (var revision = 0; revision < 20; revision++)
        {
            await _tenant.DefineSchemaAsync(revision, revision % 2 == 0 ? [new { name = "code", type = "string" }] : []);

            // Defined, it is there; taken away, it is not: for whoever asks next.
            Assert.Equal(revision % 2 == 0 ? 200 : 400, (await _tenant.Scim.GetAsync($"Users?filter={Uri.EscapeDataString($"{Urn}:code pr")}")).Status);
        }

        Volatile.Write(ref isDone, true);
        await Task.WhenAll(writers);
    }

    [Fact]
    public async Task Operator_ReadsWhatItDefinesAndEachChangeIsOneEvent()
    {
        var path = $"/operator/v1/tenants/{_tenant.Slug}/schema";
        var none = await shared.Product.Operator.GetFromJsonAsync<JsonObject>(path);
        Assert.Equal((0, Urn, 0), (none!["revision"]!.GetValue<int>(), none["urn"]!.GetValue<string>(), none["attributes"]!.AsArray().Count));

        none["attributes"] = new JsonArray(new JsonObject { ["name"] = "site", ["type"] = "reference" });
        var defined = await (await shared.Product.Operator.PutAsJsonAsync(path, none)).Content.ReadFromJsonAsync<JsonObject>();
        Assert.True(JsonNode.DeepEquals(defined, await shared.Product.Operator.GetFromJsonAsync<JsonObject>(path)));
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"name":"site","type":"reference","description":"","multiValued":false,"required":false,"caseExact":true,"canonicalValues":[]}"""), defined!["attributes"]![0]));

        // Read and sent back it changes nothing, and so does the same once more.
        (await shared.Product.Operator.PutAsJsonAsync(path, defined)).EnsureSuccessStatusCode();
        (await shared.Product.Operator.PutAsJsonAsync(path, none)).EnsureSuccessStatusCode();
        var change = Assert.Single(await _tenant.EventsAsync(), one => one["type"]!.GetValue<string>() == "tenant.schema-changed");
        Assert.Contains("schema.attributes.site", change["changes"]!.AsArray().Select(one => one!["path"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("{}", 400, "request-malformed")]
    [InlineData("""{"revision":0}""", 400, "request-malformed")]
    [InlineData("""{"revision":0,"attributes":[null]}""", 400, "schema-attribute-name")]
    [InlineData("""{"revision":0,"attributes":[{"type":"string"}]}""", 400, "schema-attribute-name")]
    [InlineData("""{"revision":0,"attributes":[{"name":"a b","type":"string"}]}""", 400, "schema-attribute-name")]
    [InlineData("""{"revision":0,"attributes":[{"name":"a"}]}""", 400, "schema-attribute-type")]
    [InlineData("""{"revision":0,"attributes":[{"name":"a","type":"complex"}]}""", 400, "schema-attribute-type")]
    [InlineData("""{"revision":0,"attributes":[{"name":"a","type":"datetime"}]}""", 400, "schema-attribute-type")]
    [InlineData("""{"revision":0,"attributes":[{"name":"id","type":"string"}]}""", 400, "schema-attribute-reserved")]
    [InlineData("""{"revision":0,"attributes":[{"name":"a","type":"string"},{"name":"A","type":"string"}]}""", 400, "schema-attribute-twice")]
    [InlineData("""{"revision":0,"attributes":[{"name":"a","type":"boolean","caseExact":true}]}""", 400, "schema-case-exact")]
    [InlineData("""{"revision":0,"attributes":[{"name":"a","type":"integer","canonicalValues":["1"]}]}""", 400, "schema-canonical-type")]
    [InlineData("""{"revision":0,"attributes":[{"name":"a","type":"string","canonicalValues":[null]}]}""", 400, "schema-canonical-value")]
    [InlineData("""{"revision":0,"urn":"acme","attributes":[]}""", 400, "schema-urn-invalid")]
    [InlineData("""{"revision":0,"urn":"urn:ietf:params:scim:schemas:core:2.0:User","attributes":[]}""", 400, "schema-urn-reserved")]
    [InlineData("""{"revision":4,"attributes":[{"name":"a","type":"string"}]}""", 409, "schema-revision-conflict")]
    public async Task Operator_DefinitionThatCannotBe_IsAProblemWithAnId(string body, int status, string id)
    {
        var answer = await shared.Product.Operator.PutAsync(
            $"/operator/v1/tenants/{_tenant.Slug}/schema", new StringContent(body, System.Net.Http.Headers.MediaTypeHeaderValue.Parse("application/json")));

        Assert.Equal((status, id), ((int)answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonObject>())!["id"]!.GetValue<string>()));
        Assert.Equal(3, (await _tenant.Scim.GetAsync("Schemas")).Body!["totalResults"]!.GetValue<int>());
    }

    [Fact]
    public async Task Operator_SchemaOfNobody_IsUnknown()
    {
        Assert.Equal(404, (int)(await shared.Product.Operator.GetAsync("/operator/v1/tenants/nobody/schema")).StatusCode);
        Assert.Equal(404, (int)(await shared.Product.Operator.GetAsync("/operator/v1/tenants/NO|BODY/schema")).StatusCode);
        Assert.Equal(404, (int)(await shared.Product.Operator.PutAsJsonAsync("/operator/v1/tenants/nobody/schema", new { revision = 0, attributes = Array.Empty<object>() })).StatusCode);
    }

    private static JsonObject Own(string name, JsonNode value) => new() { [name] = value };

    private async Task<int> CountAsync(string filter)
    {
        var answer = await _tenant.Scim.GetAsync($"Users?count=0&filter={Uri.EscapeDataString(filter)}");
        Assert.Equal(200, answer.Status);
        return answer.Body!["totalResults"]!.GetValue<int>();
    }
}
