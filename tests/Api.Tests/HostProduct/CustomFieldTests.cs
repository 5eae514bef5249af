using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.HostProduct;

/// <summary>A tenant's own attributes are the custom fields of its people. rules.md, rule 14: "custom fields (only those the tenant has defined)".</summary>
[Collection(ProductCollection.Name)]
public sealed class CustomFieldTests(SharedProduct shared) : HostTests(shared)
{
    private const string HireDate = "custom_fields.hireDate";

    // rules.md, rule 12, for a field of the tenant's own.
    [Fact]
    public async Task CustomField_EditedByHand_IsDriftUntilTheNextSync()
    {
        await DefineAsync();
        var id = await Tenant.Scim.CreateAsync("ann@x.io", (Tenant.SchemaUrn, Own(("hireDate", "2026-01-15T00:00:00Z"), ("floor", 3), ("shoeSize", 44))));

        var pushed = await Host.GetAsync($"users/{id}");
        Assert.Equal("""{"hireDate":"2026-01-15T00:00:00Z","floor":3}""", pushed["profile"]!["custom_fields"]!.ToJsonString());
        Assert.Equal(("okta", "okta"), (Text(pushed, "fields", HireDate, "source"), Text(pushed, "fields", "custom_fields.floor", "source")));

        var (status, edited, _) = await PatchAsync(id, """{"custom_fields":{"hireDate":"2026-03-01T00:00:00Z","remote":true}}""");
        Assert.Equal((200, """{"hireDate":"2026-03-01T00:00:00Z","floor":3,"remote":true}"""), (status, edited["profile"]!["custom_fields"]!.ToJsonString()));
        Assert.Equal(("manual", "2026-01-15T00:00:00Z"), (Text(edited, "fields", HireDate, "source"), Text(edited, "fields", HireDate, "drift", "okta_value")));
        Assert.Equal(("manual", null), (Text(edited, "fields", "custom_fields.remote", "source"), edited["fields"]!["custom_fields.remote"]!["drift"]));

        // Okta's whole object, in which "remote" is unknown to it: what it never supplied, its silence does not clear.
        Assert.Equal(200, (await Tenant.Scim.PutAsync($"Users/{id}", ScimClient.User("ann@x.io", (Tenant.SchemaUrn, Own(("hireDate", "2026-02-01T00:00:00Z"), ("floor", 3)))))).Status);
        var synced = await Host.GetAsync($"users/{id}");
        Assert.Equal("""{"hireDate":"2026-02-01T00:00:00Z","floor":3,"remote":true}""", synced["profile"]!["custom_fields"]!.ToJsonString());
        Assert.Equal(("okta", "manual"), (Text(synced, "fields", HireDate, "source"), Text(synced, "fields", "custom_fields.remote", "source")));
    }

    [Theory]
    [InlineData("""{"custom_fields":{"floor":"three"}}""", "value-type")]
    [InlineData("""{"custom_fields":{"floor":1.5}}""", "value-type")]
    [InlineData("""{"custom_fields":{"hireDate":"tomorrow"}}""", "value-type")]
    [InlineData("""{"custom_fields":{"badges":[1]}}""", "value-type")]
    [InlineData("""{"custom_fields":{"level":"Chief"}}""", "value-not-canonical")]
    [InlineData("""{"custom_fields":{"shoeSize":44}}""", "field-unknown")]
    [InlineData("""{"custom_fields":5}""", "field-unknown")]
    [InlineData("""{"hireDate":"2026-01-15T00:00:00Z"}""", "field-unknown")]
    public async Task CustomField_ThatTheSchemaHasNoPlaceFor_IsRefusedAndChangesNothing(string patch, string error)
    {
        await DefineAsync();
        var id = await Tenant.Scim.CreateAsync("ann@x.io", (Tenant.SchemaUrn, Own(("floor", 3))));
        var (status, refused, _) = await PatchAsync(id, patch);

        Assert.Equal((400, error), (status, Text(refused, "id")));
        Assert.Single(await Tenant.EventsAsync(id));
        Assert.Equal((400, error), await Host.SendAsync("POST", "users", patch.Insert(1, "\"email\":\"bob@x.io\","), Owner) is var created ? (created.Status, Text(created.Body, "id")) : default);
        Assert.Equal(200, (await PatchAsync(id, """{"custom_fields":{"floor":null}}""")).Status);
        Assert.Equal("{}", (await Host.GetAsync($"users/{id}"))["profile"]!["custom_fields"]!.ToJsonString());
    }

    [Fact]
    public async Task CustomField_OfAnotherTenant_IsUnknownHere()
    {
        await DefineAsync();
        using var other = await TestTenant.CreateAsync(Product);
        using var theirs = await HostClient.MintAsync(other);
        var them = await MakeOwnerAsync(other);

        Assert.Equal("field-unknown", Text((await theirs.SendAsync("PATCH", $"users/{them}", """{"custom_fields":{"floor":1}}""", them)).Body, "id"));
        Assert.Equal("csv-column-unknown", Text((await theirs.SendAsync("POST", "users/import", "email,custom_fields.floor\na@x.io,1\n", them, "text/csv")).Body, "id"));
        Assert.Equal(200, (await PatchAsync(Owner, """{"custom_fields":{"floor":1}}""")).Status);
    }

    // What is stored of an attribute that is of another type now is not there: it makes no edit invalid, and goes with the first one.
    [Fact]
    public async Task CustomField_DefinedAnewWithAnotherType_LeavesItsPeopleEditable()
    {
        await Tenant.DefineSchemaAsync(0, new { name = "floor", type = "string" });
        var id = await Tenant.Scim.CreateAsync("ann@x.io", (Tenant.SchemaUrn, Own(("floor", "third"))));
        Assert.Equal(200, (await PatchAsync(id, """{"custom_fields":{"floor":"fourth"}}""")).Status);
        await Tenant.DefineSchemaAsync(1);
        await Tenant.DefineSchemaAsync(2, new { name = "floor", type = "integer" });

        Assert.Equal("{}", (await Host.GetAsync($"users/{id}"))["profile"]!["custom_fields"]!.ToJsonString());
        Assert.Equal(200, (await PatchAsync(id, """{"job_title":"Poet"}""")).Status);
        var gone = (await Tenant.EventsAsync(id))[^1]["changes"]!.AsArray().Select(change => (Text(change!.AsObject(), "path"), change["before"]?.ToJsonString()));
        Assert.Equal([("title", null), ($"{Tenant.SchemaUrn}:floor", "\"fourth\"")], gone.Order());
        Assert.Equal("4", (await PatchAsync(id, """{"custom_fields":{"floor":4}}""")).Body["profile"]!["custom_fields"]!["floor"]!.ToJsonString());
    }

    [Fact]
    public async Task Import_CellsOfCustomFields_AreReadByTheirTypes()
    {
        await DefineAsync();
        const string File = "email,custom_fields.hireDate,custom_fields.floor,custom_fields.share,custom_fields.remote,custom_fields.badges\n"
            + "ann@x.io,2026-01-15,3,-0.5,TRUE,a; b ;\nbob@x.io,2026-01-15T08:00:00+02:00,,,,\ncid@x.io,15/01/2026,,,,\ndan@x.io,,three,,,\neve@x.io,,,,maybe,\n";

        var report = (await Host.SendAsync("POST", "users/import", File, Owner, "text/csv")).Body;
        Assert.Equal(["created", "created", "error", "error", "error"], Results(report));
        Assert.All(report["rows"]!.AsArray().Skip(2), row => Assert.Equal("value-type", Text(row!.AsObject(), "error", "id")));
        Assert.Equal(
            """{"hireDate":"2026-01-15T00:00:00Z","floor":3,"share":-0.5,"remote":true,"badges":["a","b"]}""",
            (await Host.GetAsync($"users/{Text(report["rows"]![0]!.AsObject(), "id")}"))["profile"]!["custom_fields"]!.ToJsonString());
        Assert.Equal(["unchanged", "unchanged", "error", "error", "error"], Results((await Host.SendAsync("POST", "users/import", File, Owner, "text/csv")).Body));

        // What SCIM shows is the same: the import is an edit like any other.
        Assert.Equal("3", (await Tenant.Scim.GetAsync($"Users/{Text(report["rows"]![0]!.AsObject(), "id")}")).Body![Tenant.SchemaUrn]!["floor"]!.ToJsonString());
    }

    // rules.md, rule 15: "from its hire date when the tenant chose that".
    [Fact]
    public async Task Invitation_FollowsTheHireDate_WhoeverSetsIt()
    {
        Assert.Equal("hire-date-field-unknown", await SetHireDateFieldAsync("hireDate"));
        await DefineAsync();
        Assert.Null(await SetHireDateFieldAsync("hireDate"));

        var known = await Tenant.Scim.CreateAsync("ann@x.io", (Tenant.SchemaUrn, Own(("hireDate", "2999-01-15T00:00:00Z"))));
        var unknown = Id((await Host.SendAsync("POST", "users", """{"email":"bob@x.io"}""", Owner)).Body);
        Assert.Equal(("invite_scheduled", "2999-01-15T00:00:00+00:00"), await InvitationAsync(known));
        Assert.Equal(("not_invited", null), await InvitationAsync(unknown));

        await PatchAsync(unknown, """{"custom_fields":{"hireDate":"2999-03-01T00:00:00Z"}}""");
        await Tenant.Scim.PatchAsync($"Users/{known}", ScimClient.PatchOp(ScimClient.Replace($"{Tenant.SchemaUrn}:hireDate", "2999-02-01T00:00:00Z")));
        Assert.Equal(("invite_scheduled", "2999-03-01T00:00:00+00:00"), await InvitationAsync(unknown));
        Assert.Equal(("invite_scheduled", "2999-02-01T00:00:00+00:00"), await InvitationAsync(known));
        var imported = (await Host.SendAsync("POST", "users/import", "email,custom_fields.hireDate\nann@x.io,2999-04-01\n", Owner, "text/csv")).Body;
        Assert.Equal(["updated"], Results(imported));
        Assert.Equal(("invite_scheduled", "2999-04-01T00:00:00+00:00"), await InvitationAsync(known));
        Assert.Equal([known, unknown], Ids(await Host.GetAsync("users?status=invite_scheduled")));

        var without = await Product.Operator.PutAsJsonAsync($"/operator/v1/tenants/{Tenant.Slug}/schema", new { revision = 1, attributes = Array.Empty<object>() });
        Assert.Equal("schema-attribute-awaited", Text((await without.Content.ReadFromJsonAsync<JsonObject>())!, "id"));
    }

    private Task DefineAsync() => Tenant.DefineSchemaAsync(
        0,
        new { name = "hireDate", type = "dateTime" },
        new { name = "floor", type = "integer" },
        new { name = "share", type = "decimal" },
        new { name = "remote", type = "boolean" },
        new { name = "badges", type = "string", multiValued = true },
        new { name = "level", type = "string", canonicalValues = new[] { "Junior", "Senior" } });

    private Task<(int Status, JsonObject Body, System.Net.Http.Headers.HttpResponseHeaders Headers)> PatchAsync(string id, string patch) =>
        Host.SendAsync("PATCH", $"users/{id}", patch, Owner);

    private async Task<string?> SetHireDateFieldAsync(string field)
    {
        var answer = await Product.Operator.PutAsJsonAsync(
            $"/operator/v1/tenants/{Tenant.Slug}/settings", new { ignoreUnknownMembers = false, invitations = new { automatic = true, hireDateField = field } });
        return answer.IsSuccessStatusCode ? null : Text((await answer.Content.ReadFromJsonAsync<JsonObject>())!, "id");
    }

    private async Task<(string? Status, string? At)> InvitationAsync(string id) =>
        await Host.GetAsync($"users/{id}") is var person ? (Text(person, "status"), Text(person, "invitation_at")) : default;

    private static JsonObject Own(params (string Name, JsonNode Value)[] values) => new(values.Select(value => KeyValuePair.Create(value.Name, (JsonNode?)value.Value)));
}
