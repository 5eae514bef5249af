using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OrleansIdentity.Api.Tests.Product;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Api.Tests.HostProduct;

/// <summary>The API for the host product, over HTTP.</summary>
[Collection(ProductCollection.Name)]
public sealed class HostApiTests(SharedProduct shared) : IAsyncLifetime
{
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private TestTenant _tenant = null!;
    private HostClient _host = null!;
    private string _owner = null!;

    public async Task InitializeAsync()
    {
        _tenant = await TestTenant.CreateAsync(shared.Product);
        _host = await HostClient.MintAsync(_tenant);
        var made = await shared.Product.Operator.PostAsJsonAsync($"/operator/v1/tenants/{_tenant.Slug}/owners", new { email = "owner@x.io" });
        _owner = (await made.Content.ReadFromJsonAsync<JsonObject>())!["id"]!.GetValue<string>();
    }

    public Task DisposeAsync()
    {
        _tenant.Dispose();
        _host.Dispose();
        return Task.CompletedTask;
    }

    // product.md, rule 12, from end to end.
    [Fact]
    public async Task ManualEdit_IsShownAsDrift_AndTheNextSyncOverwritesIt()
    {
        var id = await _tenant.Scim.CreateAsync("ann@x.io", ("title", "Engineer"));
        var before = (await _host.SendAsync("GET", $"users/{id}")).Headers.ETag!.ToString();
        var (status, edited, _) = await _host.SendAsync("PATCH", $"users/{id}", """{"job_title":"Poet"}""", _owner, "application/merge-patch+json", before);

        Assert.Equal((200, "Poet"), (status, Text(edited, "profile", "job_title")));
        Assert.Equal(("manual", "Engineer", _owner), (Text(edited, "fields", "job_title", "source"), Text(edited, "fields", "job_title", "drift", "okta_value"), Text(edited, "fields", "job_title", "drift", "edited_by")));
        Assert.Equal("okta", Text(edited, "fields", "user_name", "source"));
        Assert.Equal(412, (await _host.SendAsync("PATCH", $"users/{id}", """{"job_title":"Clown"}""", _owner, ifMatch: before)).Status);

        // The profile push of a classic app: what GET shows, with Okta's attributes laid over it.
        var pushed = (await _tenant.Scim.GetAsync($"Users/{id}")).Body!;
        Assert.Equal("Poet", pushed["title"]!.GetValue<string>());
        pushed["title"] = "Engineer";
        Assert.Equal(200, (await _tenant.Scim.PutAsync($"Users/{id}", pushed)).Status);

        var synced = await _host.GetAsync($"users/{id}");
        Assert.Equal(("Engineer", "okta"), (Text(synced, "profile", "job_title"), Text(synced, "fields", "job_title", "source")));
        Assert.Equal(["scim", "host", "scim"], (await _tenant.EventsAsync(id)).Select(one => one["source"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Create_ThenTeamsAndManagers_AreFound()
    {
        // The manager is named before there is one.
        var (status, ann, headers) = await _host.SendAsync("POST", "users",
            """{"email":"ann@x.io","first_name":"Ann","primary_team":"Field  Sales","override_manager":"BOSS@x.io","timezone":"Nowhere/Land"}""", _owner);
        Assert.Equal(201, status);
        Assert.EndsWith($"/t/{_tenant.Slug}/api/v1/users/{Text(ann, "id")}", headers.Location!.ToString());
        Assert.Equal(("BOSS@x.io", null, "manual"), (Text(ann, "profile", "override_manager", "value"), Text(ann, "profile", "override_manager", "id"), Text(ann, "fields", "email", "source")));

        var boss = await _tenant.Scim.CreateAsync("boss@x.io", ("externalId", "00uboss"), (Enterprise, new JsonObject { ["department"] = "field SALES", ["manager"] = new JsonObject { ["value"] = "ann@x.io" } }));
        var bob = await _tenant.Scim.CreateAsync("bob", (Enterprise, new JsonObject { ["manager"] = new JsonObject { ["value"] = "00uboss" } }));

        // A cycle, and it does no harm.
        Assert.Equal(boss, Text(await _host.GetAsync($"users/{Text(ann, "id")}"), "profile", "override_manager", "id"));
        Assert.Equal(Text(ann, "id"), Text(await _host.GetAsync($"users/{boss}"), "profile", "override_manager", "id"));
        Assert.Equal([Id(ann), bob], Ids(await _host.GetAsync($"users?manager={boss}")));

        var team = Assert.Single((await _host.GetAsync("teams"))["teams"]!.AsArray())!.AsObject();
        Assert.Equal(("Field Sales", 2), (Text(team, "name"), team["member_count"]!.GetValue<int>()));
        Assert.Equal([Id(ann), boss], Ids(await _host.GetAsync($"users?team={Text(team, "id")}")));
        Assert.Equal(Text(team, "id"), Text(await _host.GetAsync($"users/{boss}"), "profile", "primary_team", "id"));
        Assert.Equal(204, (await _tenant.Scim.DeleteAsync($"Users/{boss}")).Status);
        Assert.Equal(1, (await _host.GetAsync($"teams/{Text(team, "id")}"))["member_count"]!.GetValue<int>());

        Assert.Equal([Id(ann)], Ids(await _host.GetAsync("users?misfit=timezone")));

        // Whoever was named by an Okta id: that is not for everybody.
        var hidden = await _host.GetAsync($"users/{bob}");
        Assert.Null(Text(hidden, "okta_id"));
    }

    [Fact]
    public async Task List_SearchFiltersAndPages_AreExact()
    {
        var ids = new List<string>();
        foreach (var name in new[] { "Ann Lee", "Bob Lee", "Annika Ray" })
        {
            var parts = name.Split(' ');
            ids.Add(await _tenant.Scim.CreateAsync($"{parts[0]}@x.io", ("name", new JsonObject { ["givenName"] = parts[0], ["familyName"] = parts[1] })));
        }

        var group = (await _tenant.Scim.PostAsync("Groups", new JsonObject
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:Group"), ["displayName"] = "G", ["members"] = new JsonArray(new JsonObject { ["value"] = ids[1] }, new JsonObject { ["value"] = ids[2] }),
        })).Body!["id"]!.GetValue<string>();
        await _host.SendAsync("POST", $"users/{ids[2]}/deactivate", by: _owner);

        Assert.Equal([ids[0]], Ids(await _host.GetAsync("users?search=lee%20ANN")));
        Assert.Equal([ids[0], ids[2]], Ids(await _host.GetAsync("users?search=ann")));
        Assert.Equal([ids[2]], Ids(await _host.GetAsync("users?search=ann&status=deactivated")));
        Assert.Equal([_owner], Ids(await _host.GetAsync("users?role=owner")));
        Assert.Equal([ids[1]], Ids(await _host.GetAsync($"users?group={group}&status=not_invited")));
        Assert.Equal([ids[1], ids[2]], Ids(await _host.GetAsync($"groups/{group}/members")));
        Assert.Equal(2, (await _host.GetAsync("groups"))["groups"]![0]!["member_count"]!.GetValue<int>());

        var walked = new List<string>();
        for (string? after = null; ;)
        {
            var page = await _host.GetAsync($"users?count=2{(after is null ? "" : $"&after={after}")}");
            Assert.Equal(4, page["total"]!.GetValue<int>());
            walked.AddRange(Ids(page));
            if ((after = Text(page, "next")) is null)
            {
                break;
            }
        }

        Assert.Equal([_owner, .. ids], walked);
        Assert.Equal("status-unknown", Text((await _host.SendAsync("GET", "users?status=gone")).Body, "id"));
        Assert.Equal("cursor-invalid", Text((await _host.SendAsync("GET", "users?after=x'")).Body, "id"));
    }

    [Fact]
    public async Task Anonymise_ErasesTheRecordItsEventsAndItsNames()
    {
        var id = await _tenant.Scim.CreateAsync("secret@x.io", ("externalId", "00usecret"), ("title", "Spy"));
        Assert.Equal("account-active", Text((await _host.SendAsync("POST", $"users/{id}/anonymise", by: _owner)).Body, "id"));
        await _host.SendAsync("POST", $"users/{id}/deactivate", by: _owner);
        var hr = await PersonAsync("hr@x.io", Roles.Hr);
        Assert.Equal("role-insufficient", Text((await _host.SendAsync("POST", $"users/{id}/anonymise", by: hr)).Body, "id"));

        var (status, gone, _) = await _host.SendAsync("POST", $"users/{id}/anonymise", by: _owner);
        Assert.Equal((200, "anonymised"), (status, Text(gone, "status")));
        Assert.Equal(200, (await _host.SendAsync("POST", $"users/{id}/anonymise", by: _owner)).Status);

        var events = await _tenant.EventsAsync(id);
        Assert.Equal(["user.created", "user.deactivated", "user.anonymised", "user.deleted"], events.Select(one => Text(one, "type")));
        Assert.All(events, one => Assert.Empty(one["changes"]!.AsArray()));
        Assert.DoesNotContain("secret", string.Concat((await _tenant.EventsAsync()).Select(one => one.ToJsonString())));
        Assert.Equal("anonymised", Text(await _host.GetAsync($"users/{id}"), "status"));
        Assert.Equal([id], Ids(await _host.GetAsync("users?status=anonymised")));
        Assert.DoesNotContain(id, Ids(await _host.GetAsync("users")));
        Assert.Equal(404, (await _tenant.Scim.GetAsync($"Users/{id}")).Status);
        Assert.NotEqual(id, await _tenant.Scim.CreateAsync("secret@x.io", ("externalId", "00usecret")));
    }

    [Fact]
    public async Task Keys_OfAnotherTenantOrRevoked_OpenNothing()
    {
        using var other = await TestTenant.CreateAsync(shared.Product, enabled: false);
        using var theirs = await HostClient.MintAsync(other);
        using var crossed = shared.Product.Client(theirs.Key);
        Assert.Equal(401, (int)(await crossed.GetAsync($"/t/{_tenant.Slug}/api/v1/users")).StatusCode);
        using var scim = shared.Product.Client(_tenant.Token);
        Assert.Equal(401, (int)(await scim.GetAsync($"/t/{_tenant.Slug}/api/v1/users")).StatusCode);

        // The vendor's flag is about the integration: people are there without it.
        Assert.Equal(0, (await theirs.GetAsync("users"))["total"]!.GetValue<int>());
        Assert.Equal(404, (await theirs.SendAsync("GET", $"users/{_owner}")).Status);
        Assert.Equal("on-behalf-of-unknown", Text((await theirs.SendAsync("POST", "users", """{"email":"a@x.io"}""", _owner)).Body, "id"));

        await shared.Product.Operator.DeleteAsync($"/operator/v1/tenants/{_tenant.Slug}/host-keys/{_host.KeyId}");
        var (status, body, _) = await _host.SendAsync("GET", "users");
        Assert.Equal((401, "host-key-invalid"), (status, Text(body, "id")));
    }

    [Fact]
    public async Task OnBehalfOf_WhoMayNot_ChangesNothing()
    {
        var viewer = await _tenant.Scim.CreateAsync("viewer@x.io");
        var gone = await PersonAsync("gone@x.io", Roles.Admin);
        await _host.SendAsync("POST", $"users/{gone}/deactivate", by: _owner);
        var hr = await PersonAsync("hr@x.io", Roles.Hr);
        var before = (await _tenant.EventsAsync()).Length;

        async Task<string?> RefusalAsync(string method, string path, string? body, string? by) => Text((await _host.SendAsync(method, path, body, by)).Body, "id");

        Assert.Equal("on-behalf-of-missing", await RefusalAsync("POST", "users", """{"email":"a@x.io"}""", null));
        Assert.Equal("on-behalf-of-unknown", await RefusalAsync("POST", "users", """{"email":"a@x.io"}""", "nobody@x.io"));
        Assert.Equal("on-behalf-of-inactive", await RefusalAsync("POST", "users", """{"email":"a@x.io"}""", gone));
        Assert.Equal("role-insufficient", await RefusalAsync("POST", "users", """{"email":"a@x.io"}""", "VIEWER@x.io"));
        Assert.Equal("account-above-role", await RefusalAsync("PATCH", $"users/{_owner}", """{"email":"hr@x.io"}""", hr));
        Assert.Equal("account-above-role", await RefusalAsync("POST", $"users/{_owner}/deactivate", null, hr));
        Assert.Equal("role-grant-forbidden", await RefusalAsync("PUT", $"users/{hr}/role", """{"role":"admin"}""", hr));
        Assert.Equal("field-unknown", await RefusalAsync("PATCH", $"users/{viewer}", """{"role":"owner"}""", _owner));
        Assert.Equal("role-insufficient", await RefusalAsync("GET", $"users/{viewer}/events", null, hr));
        Assert.Equal("last-owner", await RefusalAsync("POST", $"users/{_owner}/deactivate", null, _owner));
        Assert.Equal(before, (await _tenant.EventsAsync()).Length);
        Assert.Equal(200, (await _host.SendAsync("PUT", $"users/{viewer}/role", """{"role":"curator"}""", _owner)).Status);
    }

    [Fact]
    public async Task Import_DryRunThenRunThenAgain_ReportsEachRow()
    {
        var ann = await _tenant.Scim.CreateAsync("ann@x.io", ("title", "Engineer"));
        const string File = "email,first_name,job_title,primary_team\r\nann@x.io,Ann,Poet,\r\nbob@x.io,\"Bob, \"\"B\"\"\",,Sales\r\nnobody,,,\r\nbob@x.io,,,\r\nshort\r\n";

        var rehearsed = (await _host.SendAsync("POST", "users/import?dry_run=true", File, _owner, "text/csv")).Body;
        Assert.Equal(["updated", "created", "error", "error", "error"], Results(rehearsed));
        Assert.Equal(2, (await _host.GetAsync("users"))["total"]!.GetValue<int>());
        Assert.Empty((await _host.GetAsync("teams"))["teams"]!.AsArray());

        var done = (await _host.SendAsync("POST", "users/import", File, _owner, "text/csv; charset=utf-8")).Body;
        Assert.Equal(["updated", "created", "error", "error", "error"], Results(done));
        Assert.Equal([null, null, "email-invalid", "csv-row-repeated", "csv-cells"], done["rows"]!.AsArray().Select(row => row!["error"]?["id"]?.GetValue<string>()));
        Assert.Equal(ann, done["rows"]![0]!["id"]!.GetValue<string>());
        var bob = await _host.GetAsync($"users/{done["rows"]![1]!["id"]!.GetValue<string>()}");
        Assert.Equal(("Bob, \"B\"", "Sales"), (Text(bob, "profile", "first_name"), Text(bob, "profile", "primary_team", "name")));
        Assert.Equal("Engineer", Text(await _host.GetAsync($"users/{ann}"), "fields", "job_title", "drift", "okta_value"));
        Assert.Equal(["unchanged", "unchanged", "error", "error", "error"], Results((await _host.SendAsync("POST", "users/import", File, _owner, "text/csv")).Body));
    }

    [Fact]
    public async Task Import_WhatIsNoFileOfPeople_IsRefusedAsAWhole()
    {
        async Task<(int, string?)> SendAsync(byte[] file) =>
            await _host.SendAsync("POST", "users/import", by: _owner, contentType: "text/csv", bytes: file) is var answer ? (answer.Status, Text(answer.Body, "id")) : default;

        Assert.Equal((400, "csv-column-unknown"), await SendAsync("email,role\na@x.io,owner\n"u8.ToArray()));
        Assert.Equal((400, "csv-column-missing"), await SendAsync("first_name\nAnn\n"u8.ToArray()));
        Assert.Equal((400, "csv-encoding"), await SendAsync([.. "email\n"u8, 0xff, 0xfe, .. "@x.io\n"u8]));
        Assert.Equal((400, "csv-empty"), await SendAsync([]));
        Assert.Equal((413, "csv-too-many-rows"), await SendAsync(Encoding.UTF8.GetBytes("email\n" + string.Concat(Enumerable.Range(0, 10_001).Select(number => $"u{number}@x.io\n")))));
        Assert.Equal((413, "body-too-large"), await SendAsync(new byte[(8 * 1024 * 1024) + 1]));
        Assert.Equal(1, (await _host.GetAsync("users"))["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task OpenApi_DescribesThisApiAlone()
    {
        using var anyone = new HttpClient();
        var document = JsonNode.Parse(await anyone.GetStringAsync(new Uri(shared.Product.BaseUrl, $"/t/{_tenant.Slug}/api/v1/openapi.json")))!;
        var paths = document["paths"]!.AsObject().Select(path => path.Key).ToArray();
        Assert.Contains("/api/v1/users/{id}/anonymise", paths);
        Assert.All(paths, path => Assert.StartsWith("/api/v1/", path));
        Assert.DoesNotContain("/api/v1", (await anyone.GetStringAsync(new Uri(shared.Product.BaseUrl, "/operator/v1/openapi.json"))));
    }

    private async Task<string> PersonAsync(string userName, string role)
    {
        var id = await _tenant.Scim.CreateAsync(userName);
        var user = shared.Product.Services.GetRequiredService<IGrainFactory>().GetGrain<IUserGrain>(GrainKeys.Resource(_tenant.Slug, id));
        Assert.Null((await user.SetRoleAsync(new SetRole(new EventOrigin("test", "test", "test"), DateTimeOffset.MaxValue, role))).Refusal);
        return id;
    }

    private static string? Text(JsonObject body, params string[] path) => path.Aggregate((JsonNode?)body, (node, name) => node?[name])?.GetValue<string>();

    private static string Id(JsonObject one) => one["id"]!.GetValue<string>();

    private static string[] Ids(JsonObject page) => [.. page["users"]!.AsArray().Select(user => user!["id"]!.GetValue<string>())];

    private static string[] Results(JsonObject report) => [.. report["rows"]!.AsArray().Select(row => row!["result"]!.GetValue<string>())];
}
