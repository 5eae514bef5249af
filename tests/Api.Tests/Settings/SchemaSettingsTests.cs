using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Product;
using OrleansIdentity.Api.Tests.SignIn;

namespace OrleansIdentity.Api.Tests.Settings;

/// <summary>The tenant's own schema and its invitations, set by its own owners and admins.</summary>
[Collection(SignInCollection.Name)]
public sealed class SchemaSettingsTests(SignInProduct shared)
{
    [Theory]
    [InlineData("owner", 200)]
    [InlineData("admin", 200)]
    [InlineData("hr", 403)]
    [InlineData("viewer", 403)]
    public async Task Schema_OfEachRole_IsForOwnersAndAdmins(string role, int status)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        using var client = await SettingsClient.CreateAsync(tenant, role);
        Assert.Equal(status, (int)(await client.SendAsync("GET", "/schema")).StatusCode);
        Assert.Equal(status, (int)(await client.SendAsync("PUT", "/schema", Schema(0, "floor"))).StatusCode);
        Assert.Equal(status, (int)(await client.SendAsync("PUT", "/invitations", new { automatic = true, hireDateField = (string?)null })).StatusCode);
        var types = (await tenant.EventsAsync()).Where(one => one["source"]!.GetValue<string>() == "settings").Select(one => one["type"]!.GetValue<string>());
        Assert.Equal(status == 200 ? ["tenant.schema-changed", "tenant.settings-changed"] : [], types);
    }

    [Fact]
    public async Task Schema_SetByAnAdmin_IsInForceForTheNextRequestAndTheOperatorsToo()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        using var client = await SettingsClient.CreateAsync(tenant, "admin");
        var read = await client.SendAsync("GET", "/schema");
        Assert.Equal(0, (await read.Content.ReadFromJsonAsync<JsonObject>())!["revision"]!.GetValue<long>());
        var set = await client.SendAsync("PUT", "/schema", Schema(0, "hired"), ("If-Match", read.Headers.ETag!.Tag));
        Assert.Equal(200, (int)set.StatusCode);
        var theirs = await shared.Product.Operator.GetFromJsonAsync<JsonObject>($"/operator/v1/tenants/{tenant.Slug}/schema");
        Assert.Equal(theirs!.ToJsonString(), (await set.Content.ReadFromJsonAsync<JsonObject>())!.ToJsonString());
        var id = await tenant.Scim.CreateAsync("ann@x.io", (tenant.SchemaUrn, new JsonObject { ["hired"] = "2999-01-01" }));
        Assert.Equal("2999-01-01", (await tenant.Scim.GetAsync($"Users/{id}")).Body![tenant.SchemaUrn]!["hired"]!.GetValue<string>());

        // Invitations may wait for what there is, and what they wait for stays.
        Assert.Equal((400, "hire-date-field-unknown"), await client.RefusalAsync("PUT", "/invitations", new { automatic = true, hireDateField = "started" }));
        var settings = await client.DoAsync("PUT", "/invitations", new { automatic = true, hireDateField = "hired" });
        Assert.Equal("""{"automatic":true,"hireDateField":"hired"}""", settings["invitations"]!.ToJsonString());
        Assert.Equal((409, "schema-attribute-awaited"), await client.RefusalAsync("PUT", "/schema", Schema(1)));
    }

    [Fact]
    public async Task Schema_OfAnOlderRevisionOrTagOrOfNoForm_IsRefusedAndChangesNothing()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        using var client = await SettingsClient.CreateAsync(tenant);
        var tag = (await client.SendAsync("GET", "/schema")).Headers.ETag!.Tag;
        await client.DoAsync("PUT", "/schema", Schema(0, "floor"));
        var now = (await client.GetAsync()).Headers.ETag!.Tag;
        Assert.NotEqual(tag, now);
        Assert.Equal((412, "settings-changed"), await client.RefusalAsync("PUT", "/schema", Schema(1, "desk"), ("If-Match", tag)));
        Assert.Equal((409, "schema-revision-conflict"), await client.RefusalAsync("PUT", "/schema", Schema(0, "desk")));
        Assert.Equal((400, "settings-unknown-member"), await client.RefusalAsync(
            "PUT", "/schema", new { revision = 1, attributes = new[] { new { name = "desk", type = "string", requierd = true } } }));
        Assert.Equal((400, "settings-unknown-member"), await client.RefusalAsync("PUT", "/invitations", new { automatic = true, hireDate = "x" }));
        Assert.Equal((400, "settings-malformed"), await client.RefusalAsync("PUT", "/invitations", new { hireDateField = "x" }));
        Assert.Equal((400, "schema-attribute-name"), await client.RefusalAsync("PUT", "/schema", new { revision = 1, attributes = new[] { new { type = "string" } } }));
        Assert.Equal((400, "schema-attribute-type"), await client.RefusalAsync("PUT", "/schema", new { revision = 1, attributes = new[] { new { name = "x", type = "text" } } }));
        Assert.Equal(now, (await client.GetAsync()).Headers.ETag!.Tag);
    }

    [Fact]
    public async Task Schema_ChangedByManyAtOnce_IsOneOfTheirs()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        using var client = await SettingsClient.CreateAsync(tenant);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => client.SendAsync("PUT", "/schema", Schema(0, $"a{number}"))));
        Assert.Single(answers, answer => (int)answer.StatusCode == 200);
        Assert.All(answers.Where(answer => (int)answer.StatusCode != 200), answer => Assert.Contains((int)answer.StatusCode, new[] { 409, 412 }));
        Assert.Single(await tenant.EventsAsync(), one => one["type"]!.GetValue<string>() == "tenant.schema-changed");
    }

    // rules.md, rules 2 and 4.
    [Fact]
    public async Task Schema_OfAnotherTenantOrWhileDisabled_IsNotThere()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        using var other = await TestTenant.CreateAsync(shared.Product);
        using var owner = await SettingsClient.CreateAsync(tenant);
        using var stranger = await SettingsClient.CreateAsync(other);
        var token = await stranger.Person.SignInAsync();
        foreach (var path in new[] { "/schema", "/invitations" })
        {
            Assert.Equal((401, "session-required"), await SettingsClient.ProblemAsync(await owner.Person.SendAsync("PUT", SettingsClient.Root + path, token, JsonContent.Create(Schema(0)))));
        }

        (await shared.Product.Operator.PostAsync($"/operator/v1/tenants/{tenant.Slug}/disable", null)).EnsureSuccessStatusCode();
        Assert.Equal((404, "integration-not-enabled"), await owner.RefusalAsync("GET", "/schema"));
        Assert.Equal((404, "integration-not-enabled"), await owner.RefusalAsync("PUT", "/schema", Schema(0, "floor")));
        Assert.Equal((404, "integration-not-enabled"), await owner.RefusalAsync("PUT", "/invitations", new { automatic = true }));
    }

    private static object Schema(long revision, params string[] names) => new { revision, attributes = names.Select(name => new { name, type = "string" }) };
}
