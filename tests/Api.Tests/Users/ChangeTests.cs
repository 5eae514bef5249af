using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Users;

[Collection(ProductCollection.Name)]
public sealed class ChangeTests(SharedProduct shared)
{
    // W3: what only the server sets is ignored.
    [Fact]
    public async Task Put_EchoOfWhatGetReturnedWithOneChange_ChangesThatAlone()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("echo@example.com", ("nickName", "before"), ("title", "Engineer"));
        var echo = (await tenant.Scim.GetAsync($"Users/{id}")).Body!;
        echo["nickName"] = "after";
        echo["groups"] = new JsonArray(new JsonObject { ["value"] = "not-mine" });
        echo["id"] = "another-id";

        var answer = await tenant.Scim.PutAsync($"Users/{id}", echo);

        Assert.Equal(200, answer.Status);
        Assert.Equal(("after", "Engineer", id), (Text(answer, "nickName"), Text(answer, "title"), Text(answer, "id")));
        Assert.Null(answer.Body!["groups"]);
        var change = Assert.Single((await tenant.EventsAsync(id))[^1]["changes"]!.AsArray())!;
        Assert.Equal(
            ("nickName", "before", "after"),
            (change["path"]!.GetValue<string>(), change["before"]!.GetValue<string>(), change["after"]!.GetValue<string>()));
    }

    // W8: what a PUT leaves out is cleared, but for what must not be lost by silence.
    [Fact]
    public async Task Put_Omitted_ClearsAllButActiveExternalIdAndPassword()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("omit@example.com", ("nickName", "n"), ("externalId", "00uomit"), ("active", false));

        var user = (await tenant.Scim.PutAsync($"Users/{id}", ScimClient.User("omit@example.com"))).Body!;

        Assert.Null(user["nickName"]);
        Assert.Equal("00uomit", user["externalId"]!.GetValue<string>());
        Assert.False(user["active"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public async Task Put_EmptyOrNull_ClearsTheAttribute(string? cleared)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("clear@example.com", ("nickName", "n"), ("externalId", "00u1"), ("active", false));

        var answer = await tenant.Scim.PutAsync(
            $"Users/{id}", ScimClient.User("clear@example.com", ("nickName", cleared), ("externalId", cleared), ("active", cleared)));

        Assert.Equal(200, answer.Status);
        Assert.Null(answer.Body!["nickName"]);
        Assert.Null(answer.Body!["externalId"]);
        Assert.False(answer.Body!["active"]!.GetValue<bool>());
        await tenant.Scim.CreateAsync("another@example.com", ("externalId", "00u1"));
    }

    [Fact]
    public async Task Patch_OktasDeactivationAndReactivation_KeepsTheAccount()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("life@example.com");
        foreach (var (active, type) in new[] { (false, "user.deactivated"), (true, "user.reactivated") })
        {
            var answer = await tenant.Scim.PatchAsync(
                $"Users/{id}", ScimClient.PatchOp(ScimClient.Replace(null, new JsonObject { ["active"] = active })));

            Assert.Equal(200, answer.Status);
            Assert.Equal(active, (await tenant.Scim.GetAsync($"Users/{id}")).Body!["active"]!.GetValue<bool>());
            var found = (await tenant.Scim.GetAsync("Users?filter=userName%20eq%20%22LIFE%40example.com%22")).Body!["Resources"]!.AsArray();
            Assert.Equal(id, Assert.Single(found)!["id"]!.GetValue<string>());
            Assert.Equal(type, (await tenant.EventsAsync(id))[^1]["type"]!.GetValue<string>());
        }
    }

    // A3: all or nothing.
    [Fact]
    public async Task Patch_RenameToATakenName_Is409AndAppliesNothing()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        await tenant.Scim.CreateAsync("taken@example.com");
        var id = await tenant.Scim.CreateAsync("mine@example.com", ("nickName", "before"));

        var answer = await tenant.Scim.PatchAsync(
            $"Users/{id}", ScimClient.PatchOp(ScimClient.Replace("nickName", "after"), ScimClient.Replace("userName", "TAKEN@example.com")));

        answer.ShouldBeError(409, "uniqueness");
        var user = await tenant.Scim.GetAsync($"Users/{id}");
        Assert.Equal(("mine@example.com", "before"), (Text(user, "userName"), Text(user, "nickName")));
        Assert.Single(await tenant.EventsAsync(id));
    }

    [Fact]
    public async Task Patch_Rename_FreesTheOldNameAndFindsTheNew()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("old@example.com");

        Assert.Equal(200, (await tenant.Scim.PatchAsync($"Users/{id}", ScimClient.PatchOp(ScimClient.Replace("userName", "new@example.com")))).Status);

        Assert.Equal(0, (await tenant.Scim.GetAsync("Users?filter=userName%20eq%20%22old%40example.com%22")).Body!["totalResults"]!.GetValue<int>());
        Assert.Equal(1, (await tenant.Scim.GetAsync("Users?filter=userName%20eq%20%22new%40example.com%22")).Body!["totalResults"]!.GetValue<int>());
        Assert.NotEqual(id, await tenant.Scim.CreateAsync("old@example.com"));
    }

    // A10: nothing changes, nothing moves.
    [Fact]
    public async Task Write_ThatChangesNothing_KeepsVersionTimestampAndLog()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("same@example.com", ("nickName", "n"));
        var before = await tenant.Scim.GetAsync($"Users/{id}");

        var patched = await tenant.Scim.PatchAsync($"Users/{id}", ScimClient.PatchOp(ScimClient.Replace("nickName", "n")));
        var put = await tenant.Scim.PutAsync($"Users/{id}", before.Body!);

        Assert.Equal((200, before.Text), (patched.Status, patched.Text));
        Assert.Equal((200, before.Text), (put.Status, put.Text));
        Assert.Single(await tenant.EventsAsync(id));
    }

    // A1, A9: each mistake has its keyword.
    [Theory]
    [InlineData("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","path":"noSuchThing","value":1}]}""", "invalidPath")]
    [InlineData("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[]}""", "invalidSyntax")]
    [InlineData("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"remove"}]}""", "noTarget")]
    [InlineData("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","path":"id","value":"x"}]}""", "mutability")]
    [InlineData("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","path":"active","value":"perhaps"}]}""", "invalidValue")]
    [InlineData("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","path":"nickName","value":"x"},{"op":"remove","path":"userName"}]}""", "mutability")]
    [InlineData("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"remove","path":"active"}]}""", "mutability")]
    [InlineData("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","value":{"active":null}}]}""", "mutability")]
    [InlineData("{", "invalidSyntax")]
    [InlineData("[]", "invalidSyntax")]
    public async Task Patch_BadRequest_IsTheNamedErrorAndChangesNothing(string body, string scimType)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("bad@example.com", ("active", false));
        var before = (await tenant.Scim.GetAsync($"Users/{id}")).Text;

        (await tenant.Scim.SendAsync(HttpMethod.Patch, $"Users/{id}", body)).ShouldBeError(400, scimType);

        Assert.Equal(before, (await tenant.Scim.GetAsync($"Users/{id}")).Text);
        Assert.Single(await tenant.EventsAsync(id));
    }

    private static string? Text(ScimAnswer answer, string name) => answer.Body![name]?.GetValue<string>();
}
