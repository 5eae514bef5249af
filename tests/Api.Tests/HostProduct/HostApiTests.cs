using System.Text;
using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Product;
using OrleansIdentity.Grains.Contracts.Users;

namespace OrleansIdentity.Api.Tests.HostProduct;

/// <summary>The API for the host product, over HTTP.</summary>
[Collection(ProductCollection.Name)]
public sealed class HostApiTests(SharedProduct shared) : HostTests(shared)
{
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    // rules.md, rule 12, from end to end.
    [Fact]
    public async Task ManualEdit_IsShownAsDrift_AndTheNextSyncOverwritesIt()
    {
        var id = await Tenant.Scim.CreateAsync("ann@x.io", ("title", "Engineer"));
        var before = (await Host.SendAsync("GET", $"users/{id}")).Headers.ETag!.ToString();
        var (status, edited, _) = await Host.SendAsync("PATCH", $"users/{id}", """{"job_title":"Poet"}""", Owner, "application/merge-patch+json", before);

        Assert.Equal((200, "Poet"), (status, Text(edited, "profile", "job_title")));
        Assert.Equal(("manual", "Engineer", Owner), (Text(edited, "fields", "job_title", "source"), Text(edited, "fields", "job_title", "drift", "okta_value"), Text(edited, "fields", "job_title", "drift", "edited_by")));
        Assert.Equal("okta", Text(edited, "fields", "user_name", "source"));
        Assert.Equal(412, (await Host.SendAsync("PATCH", $"users/{id}", """{"job_title":"Clown"}""", Owner, ifMatch: before)).Status);

        // The profile push of a classic app: what GET shows, with Okta's attributes laid over it.
        var pushed = (await Tenant.Scim.GetAsync($"Users/{id}")).Body!;
        Assert.Equal("Poet", pushed["title"]!.GetValue<string>());
        pushed["title"] = "Engineer";
        Assert.Equal(200, (await Tenant.Scim.PutAsync($"Users/{id}", pushed)).Status);

        var synced = await Host.GetAsync($"users/{id}");
        Assert.Equal(("Engineer", "okta"), (Text(synced, "profile", "job_title"), Text(synced, "fields", "job_title", "source")));
        Assert.Equal(["scim", "host", "scim"], (await Tenant.EventsAsync(id)).Select(one => one["source"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Create_ThenTeamsAndManagers_AreFound()
    {
        // The manager is named before there is one.
        var (status, ann, headers) = await Host.SendAsync("POST", "users",
            """{"email":"ann@x.io","first_name":"Ann","primary_team":"Field  Sales","override_manager":"BOSS@x.io","timezone":"Nowhere/Land"}""", Owner);
        Assert.Equal(201, status);
        Assert.EndsWith($"/t/{Tenant.Slug}/api/v1/users/{Text(ann, "id")}", headers.Location!.ToString());
        Assert.Equal(("BOSS@x.io", null, "manual"), (Text(ann, "profile", "override_manager", "value"), Text(ann, "profile", "override_manager", "id"), Text(ann, "fields", "email", "source")));

        var boss = await Tenant.Scim.CreateAsync("boss@x.io", ("externalId", "00uboss"), (Enterprise, new JsonObject { ["department"] = "field SALES", ["manager"] = new JsonObject { ["value"] = "ann@x.io" } }));
        var bob = await Tenant.Scim.CreateAsync("bob", (Enterprise, new JsonObject { ["manager"] = new JsonObject { ["value"] = "00uboss" } }));

        // A cycle, and it does no harm.
        Assert.Equal(boss, Text(await Host.GetAsync($"users/{Text(ann, "id")}"), "profile", "override_manager", "id"));
        Assert.Equal(Text(ann, "id"), Text(await Host.GetAsync($"users/{boss}"), "profile", "override_manager", "id"));
        Assert.Equal([Id(ann), bob], Ids(await Host.GetAsync($"users?manager={boss}")));

        var team = Assert.Single((await Host.GetAsync("teams"))["teams"]!.AsArray())!.AsObject();
        Assert.Equal(("Field Sales", 2), (Text(team, "name"), team["member_count"]!.GetValue<int>()));
        Assert.Equal([Id(ann), boss], Ids(await Host.GetAsync($"users?team={Text(team, "id")}")));
        Assert.Equal(Text(team, "id"), Text(await Host.GetAsync($"users/{boss}"), "profile", "primary_team", "id"));
        Assert.Equal(204, (await Tenant.Scim.DeleteAsync($"Users/{boss}")).Status);
        Assert.Equal(1, (await Host.GetAsync($"teams/{Text(team, "id")}"))["member_count"]!.GetValue<int>());

        Assert.Equal([Id(ann)], Ids(await Host.GetAsync("users?misfit=timezone")));

        // Whoever was named by an Okta id: that is not for everybody.
        var hidden = await Host.GetAsync($"users/{bob}");
        Assert.Null(Text(hidden, "okta_id"));
    }

    [Fact]
    public async Task List_SearchFiltersAndPages_AreExact()
    {
        var ids = new List<string>();
        foreach (var name in new[] { "Ann Lee", "Bob Lee", "Annika Ray" })
        {
            var parts = name.Split(' ');
            ids.Add(await Tenant.Scim.CreateAsync($"{parts[0]}@x.io", ("name", new JsonObject { ["givenName"] = parts[0], ["familyName"] = parts[1] })));
        }

        var group = (await Tenant.Scim.PostAsync("Groups", new JsonObject
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:Group"), ["displayName"] = "G", ["members"] = new JsonArray(new JsonObject { ["value"] = ids[1] }, new JsonObject { ["value"] = ids[2] }),
        })).Body!["id"]!.GetValue<string>();
        await Host.SendAsync("POST", $"users/{ids[2]}/deactivate", by: Owner);

        Assert.Equal([ids[0]], Ids(await Host.GetAsync("users?search=lee%20ANN")));
        Assert.Equal([ids[0], ids[2]], Ids(await Host.GetAsync("users?search=ann")));
        Assert.Equal([ids[2]], Ids(await Host.GetAsync("users?search=ann&status=deactivated")));
        Assert.Equal([Owner], Ids(await Host.GetAsync("users?role=owner")));
        Assert.Equal([ids[1]], Ids(await Host.GetAsync($"users?group={group}&status=not_invited")));
        Assert.Equal([ids[1], ids[2]], Ids(await Host.GetAsync($"groups/{group}/members")));
        Assert.Equal(2, (await Host.GetAsync("groups"))["groups"]![0]!["member_count"]!.GetValue<int>());

        var walked = new List<string>();
        for (string? after = null; ;)
        {
            var page = await Host.GetAsync($"users?count=2{(after is null ? "" : $"&after={after}")}");
            Assert.Equal(4, page["total"]!.GetValue<int>());
            walked.AddRange(Ids(page));
            if ((after = Text(page, "next")) is null)
            {
                break;
            }
        }

        Assert.Equal([Owner, .. ids], walked);
        Assert.Equal("status-unknown", Text((await Host.SendAsync("GET", "users?status=gone")).Body, "id"));
        Assert.Equal("cursor-invalid", Text((await Host.SendAsync("GET", "users?after=x'")).Body, "id"));
    }

    [Fact]
    public async Task Anonymise_ErasesTheRecordItsEventsAndItsNames()
    {
        var id = await Tenant.Scim.CreateAsync("secret@x.io", ("externalId", "00usecret"), ("title", "Spy"));
        Assert.Equal("account-active", Text((await Host.SendAsync("POST", $"users/{id}/anonymise", by: Owner)).Body, "id"));
        await Host.SendAsync("POST", $"users/{id}/deactivate", by: Owner);
        var hr = await PersonAsync("hr@x.io", Roles.Hr);
        Assert.Equal("role-insufficient", Text((await Host.SendAsync("POST", $"users/{id}/anonymise", by: hr)).Body, "id"));

        var (status, gone, _) = await Host.SendAsync("POST", $"users/{id}/anonymise", by: Owner);
        Assert.Equal((200, "anonymised"), (status, Text(gone, "status")));
        Assert.Equal(200, (await Host.SendAsync("POST", $"users/{id}/anonymise", by: Owner)).Status);

        var events = await Tenant.EventsAsync(id);
        Assert.Equal(["user.created", "user.deactivated", "user.anonymised", "user.deleted"], events.Select(one => Text(one, "type")));
        Assert.All(events, one => Assert.Empty(one["changes"]!.AsArray()));
        Assert.DoesNotContain("secret", string.Concat((await Tenant.EventsAsync()).Select(one => one.ToJsonString())));
        Assert.Equal("anonymised", Text(await Host.GetAsync($"users/{id}"), "status"));
        Assert.Equal([id], Ids(await Host.GetAsync("users?status=anonymised")));
        Assert.DoesNotContain(id, Ids(await Host.GetAsync("users")));
        Assert.Equal(404, (await Tenant.Scim.GetAsync($"Users/{id}")).Status);
        Assert.NotEqual(id, await Tenant.Scim.CreateAsync("secret@x.io", ("externalId", "00usecret")));
    }

    [Fact]
    public async Task Keys_OfAnotherTenantOrRevoked_OpenNothing()
    {
        using var other = await TestTenant.CreateAsync(Product, enabled: false);
        using var theirs = await HostClient.MintAsync(other);
        using var crossed = Product.Client(theirs.Key);
        Assert.Equal(401, (int)(await crossed.GetAsync($"/t/{Tenant.Slug}/api/v1/users")).StatusCode);
        using var scim = Product.Client(Tenant.Token);
        Assert.Equal(401, (int)(await scim.GetAsync($"/t/{Tenant.Slug}/api/v1/users")).StatusCode);

        // The vendor's flag is about the integration: people are there without it.
        Assert.Equal(0, (await theirs.GetAsync("users"))["total"]!.GetValue<int>());
        Assert.Equal(404, (await theirs.SendAsync("GET", $"users/{Owner}")).Status);
        Assert.Equal("on-behalf-of-unknown", Text((await theirs.SendAsync("POST", "users", """{"email":"a@x.io"}""", Owner)).Body, "id"));

        await Product.Operator.DeleteAsync($"/operator/v1/tenants/{Tenant.Slug}/host-keys/{Host.KeyId}");
        var (status, body, _) = await Host.SendAsync("GET", "users");
        Assert.Equal((401, "host-key-invalid"), (status, Text(body, "id")));
    }

    [Fact]
    public async Task OnBehalfOf_WhoMayNot_ChangesNothing()
    {
        var viewer = await Tenant.Scim.CreateAsync("viewer@x.io");
        var gone = await PersonAsync("gone@x.io", Roles.Admin);
        await Host.SendAsync("POST", $"users/{gone}/deactivate", by: Owner);
        var hr = await PersonAsync("hr@x.io", Roles.Hr);
        var before = await CountAsync();

        async Task<string?> RefusalAsync(string method, string path, string? body, string? by) => Text((await Host.SendAsync(method, path, body, by)).Body, "id");

        // Those of this API: that the owner's invitation is in the mail may be noted at any moment.
        async Task<int> CountAsync() => (await Tenant.EventsAsync()).Count(one => Text(one, "source") == "host");

        Assert.Equal("on-behalf-of-missing", await RefusalAsync("POST", "users", """{"email":"a@x.io"}""", null));
        Assert.Equal("on-behalf-of-unknown", await RefusalAsync("POST", "users", """{"email":"a@x.io"}""", "nobody@x.io"));
        Assert.Equal("on-behalf-of-inactive", await RefusalAsync("POST", "users", """{"email":"a@x.io"}""", gone));
        Assert.Equal("role-insufficient", await RefusalAsync("POST", "users", """{"email":"a@x.io"}""", "VIEWER@x.io"));
        Assert.Equal("account-above-role", await RefusalAsync("PATCH", $"users/{Owner}", """{"email":"hr@x.io"}""", hr));
        Assert.Equal("account-above-role", await RefusalAsync("POST", $"users/{Owner}/deactivate", null, hr));
        Assert.Equal("role-grant-forbidden", await RefusalAsync("PUT", $"users/{hr}/role", """{"role":"admin"}""", hr));
        Assert.Equal("field-unknown", await RefusalAsync("PATCH", $"users/{viewer}", """{"role":"owner"}""", Owner));
        Assert.Equal("role-insufficient", await RefusalAsync("GET", $"users/{viewer}/events", null, hr));
        Assert.Equal("last-owner", await RefusalAsync("POST", $"users/{Owner}/deactivate", null, Owner));
        Assert.Equal(before, await CountAsync());
        Assert.Equal(200, (await Host.SendAsync("PUT", $"users/{viewer}/role", """{"role":"curator"}""", Owner)).Status);
    }

    [Fact]
    public async Task Import_DryRunThenRunThenAgain_ReportsEachRow()
    {
        var ann = await Tenant.Scim.CreateAsync("ann@x.io", ("title", "Engineer"));
        const string File = "email,first_name,job_title,primary_team\r\nann@x.io,Ann,Poet,\r\nbob@x.io,\"Bob, \"\"B\"\"\",,Sales\r\nnobody,,,\r\nbob@x.io,,,\r\nshort\r\n";

        var rehearsed = (await Host.SendAsync("POST", "users/import?dry_run=true", File, Owner, "text/csv")).Body;
        Assert.Equal(["updated", "created", "error", "error", "error"], Results(rehearsed));
        Assert.Equal(2, (await Host.GetAsync("users"))["total"]!.GetValue<int>());
        Assert.Empty((await Host.GetAsync("teams"))["teams"]!.AsArray());

        var done = (await Host.SendAsync("POST", "users/import", File, Owner, "text/csv; charset=utf-8")).Body;
        Assert.Equal(["updated", "created", "error", "error", "error"], Results(done));
        Assert.Equal([null, null, "email-invalid", "csv-row-repeated", "csv-cells"], done["rows"]!.AsArray().Select(row => row!["error"]?["id"]?.GetValue<string>()));
        Assert.Equal(ann, done["rows"]![0]!["id"]!.GetValue<string>());
        var bob = await Host.GetAsync($"users/{done["rows"]![1]!["id"]!.GetValue<string>()}");
        Assert.Equal(("Bob, \"B\"", "Sales"), (Text(bob, "profile", "first_name"), Text(bob, "profile", "primary_team", "name")));
        Assert.Equal("Engineer", Text(await Host.GetAsync($"users/{ann}"), "fields", "job_title", "drift", "okta_value"));
        Assert.Equal(["unchanged", "unchanged", "error", "error", "error"], Results((await Host.SendAsync("POST", "users/import", File, Owner, "text/csv")).Body));
    }

    [Fact]
    public async Task Import_WhatIsNoFileOfPeople_IsRefusedAsAWhole()
    {
        async Task<(int, string?)> SendAsync(byte[] file) =>
            await Host.SendAsync("POST", "users/import", by: Owner, contentType: "text/csv", bytes: file) is var answer ? (answer.Status, Text(answer.Body, "id")) : default;

        Assert.Equal((400, "csv-column-unknown"), await SendAsync("email,role\na@x.io,owner\n"u8.ToArray()));
        Assert.Equal((400, "csv-column-missing"), await SendAsync("first_name\nAnn\n"u8.ToArray()));
        Assert.Equal((400, "csv-encoding"), await SendAsync([.. "email\n"u8, 0xff, 0xfe, .. "@x.io\n"u8]));
        Assert.Equal((400, "csv-empty"), await SendAsync([]));
        Assert.Equal((413, "csv-too-many-rows"), await SendAsync(Encoding.UTF8.GetBytes("email\n" + string.Concat(Enumerable.Range(0, 10_001).Select(number => $"u{number}@x.io\n")))));
        Assert.Equal((413, "body-too-large"), await SendAsync(new byte[(8 * 1024 * 1024) + 1]));
        Assert.Equal(1, (await Host.GetAsync("users"))["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task OpenApi_DescribesThisApiAlone()
    {
        using var anyone = new HttpClient();
        var document = JsonNode.Parse(await anyone.GetStringAsync(new Uri(Product.BaseUrl, $"/t/{Tenant.Slug}/api/v1/openapi.json")))!;
        var paths = document["paths"]!.AsObject().Select(path => path.Key).ToArray();
        Assert.Contains("/api/v1/users/{id}/anonymise", paths);
        Assert.All(paths, path => Assert.StartsWith("/api/v1/", path));
        Assert.DoesNotContain("/api/v1", (await anyone.GetStringAsync(new Uri(Product.BaseUrl, "/operator/v1/openapi.json"))));
    }
}
