using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Doors;

[Collection(ProductCollection.Name)]
public sealed class LimitsTests(SharedProduct shared)
{
    [Theory]
    [InlineData("text/plain", 415)]
    [InlineData("application/xml", 415)]
    [InlineData("application/scim+json; charset=iso-8859-1", 415)]
    [InlineData("application/json", 201)]
    [InlineData("application/json; charset=utf-8", 201)]
    [InlineData("application/scim+json", 201)]
    [InlineData("APPLICATION/SCIM+JSON; charset=UTF-8", 201)]
    public async Task Post_MediaType_IsJudged(string contentType, int status)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var answer = await tenant.Scim.SendAsync(
            HttpMethod.Post, "Users", ScimClient.User("m@example.com").ToJsonString(), ("Content-Type", contentType));
        Assert.Equal(status, answer.Status);
        Assert.Equal(ScimClient.MediaType, answer.ContentType);
    }

    // C1, C2: JSON, whichever of its media types is asked for.
    [Theory]
    [InlineData("application/scim+json")]
    [InlineData("application/json")]
    [InlineData("*/*")]
    [InlineData("text/html")]
    public async Task Get_AnyAccept_IsAnsweredAsScim(string accept)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var answer = await tenant.Scim.GetAsync("Users", ("Accept", accept));
        Assert.Equal((200, ScimClient.MediaType), (answer.Status, answer.ContentType));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_TooLarge_Is413AndChangesNothing(bool lengthIsDeclared)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var body = ScimClient.User("large@example.com", ("nickName", new string('x', 1_100_000))).ToJsonString();

        var answer = await tenant.Scim.SendAsync(HttpMethod.Post, "Users", body, lengthIsDeclared ? [] : [("Transfer-Encoding", "chunked")]);

        answer.ShouldBeError(413);
        Assert.DoesNotContain(await tenant.EventsAsync(), one => one["kind"]!.GetValue<string>() == "user");
    }

    [Fact]
    public async Task Patch_TooManyOperations_IsRefused()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("ops@example.com");
        var operations = Enumerable.Range(0, 1_001).Select(number => ScimClient.Replace("nickName", $"n{number}")).ToArray();

        (await tenant.Scim.PatchAsync($"Users/{id}", ScimClient.PatchOp(operations))).ShouldBeError(413);

        Assert.Equal(200, (await tenant.Scim.PatchAsync($"Users/{id}", ScimClient.PatchOp(operations[..1_000]))).Status);
    }

    [Theory]
    [InlineData("userName")]
    [InlineData("externalId")]
    public async Task Post_KeyTooLong_IsRefusedAndOneLessIsNot(string attribute)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);

        (await tenant.Scim.PostAsync("Users", ScimClient.User("k", (attribute, new string('k', 513))))).ShouldBeError(400, "invalidValue");

        Assert.Equal(0, (await tenant.Scim.GetAsync("Users")).Body!["totalResults"]!.GetValue<int>());
        await tenant.Scim.CreateAsync("k", (attribute, new string('k', 512)));
    }

    [Fact]
    public async Task Patch_AddingWithoutEnd_IsRefusedBeforeTheUserIsTooLarge()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("grow@example.com");
        var answers = new List<ScimAnswer>();
        for (var number = 0; number < 4; number++)
        {
            answers.Add(await tenant.Scim.PatchAsync($"Users/{id}?attributes=id", ScimClient.PatchOp(ScimClient.Replace(
                null, new JsonObject { [$"urn:example:ext{number}:2.0:User"] = new JsonObject { ["filler"] = new string('x', 300_000) } }))));
        }

        Assert.All(answers[..3], answer => Assert.Equal(200, answer.Status));
        answers[3].ShouldBeError(400, "invalidValue");
        Assert.Equal("W/\"4\"", (await tenant.Scim.GetAsync($"Users/{id}")).Body!["meta"]!["version"]!.GetValue<string>());
    }

    [Fact]
    public async Task Get_FilterTooDeepOrTooLong_Is400InvalidFilter()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var deep = $"{new string('(', 100)}active eq true{new string(')', 100)}";
        var wide = string.Join(" or ", Enumerable.Repeat("active eq true", 300));
        var tooLong = $"userName eq \"{new string('a', 8_200)}\"";

        (await tenant.Scim.GetAsync($"Users?filter={Uri.EscapeDataString(deep)}")).ShouldBeError(400, "invalidFilter");
        (await tenant.Scim.GetAsync($"Users?filter={Uri.EscapeDataString(wide)}")).ShouldBeError(400, "invalidFilter");
        (await tenant.Scim.GetAsync($"Users?filter={Uri.EscapeDataString(tooLong)}")).ShouldBeError(400, "invalidFilter");
    }

    // D1: discovery is read-only.
    [Theory]
    [InlineData("GET", "Nowhere", 404)]
    [InlineData("GET", "Users/a/b", 404)]
    [InlineData("GET", "Groups/a/b", 404)]
    [InlineData("DELETE", "Users", 405)]
    [InlineData("DELETE", "Groups", 405)]
    [InlineData("POST", "ServiceProviderConfig", 405)]
    [InlineData("PUT", "Schemas", 405)]
    [InlineData("DELETE", "ResourceTypes/User", 405)]
    [InlineData("GET", ".search", 405)]
    [InlineData("GET", "Users/.search", 405)]
    [InlineData("PUT", "Groups/.search", 405)]
    [InlineData("POST", "", 405)]
    [InlineData("GET", "Me/emails", 404)]
    [InlineData("GET", "Bulk", 405)]
    public async Task AnyPath_NotServed_IsASaidScimError(string method, string path, int status)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var answer = await tenant.Scim.SendAsync(new HttpMethod(method), path, method is "POST" or "PUT" ? "{}" : null);
        answer.ShouldBeError(status);
        Assert.Equal(status == 405, answer.ContentHeaders.Allow.Count > 0);
    }

    // M1: /Me is answered 501 or served; there is no user that a token could mean.
    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("QUERY")]
    public async Task Me_AnyMethod_Is501BecauseTheCallerIsNoUser(string method)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var answer = await tenant.Scim.SendAsync(new HttpMethod(method), "Me", method is "POST" or "PUT" or "PATCH" ? "{}" : null);
        answer.ShouldBeError(501);
        Assert.Contains("caller-is-no-user", answer.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/Users")]
    [InlineData("//Users")]
    [InlineData("/Users/")]
    [InlineData("/users")]
    public async Task BaseUrl_PastedWithStraySlashes_Works(string path)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        Assert.Equal(200, (await tenant.Scim.GetAsync(path[1..])).Status);
    }

    [Fact]
    public async Task Write_AcceptedWithoutEffect_IsCountedByReason()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("count@example.com", ("nickName", "n"));
        var counted = new List<(string Instrument, string Reason)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name is "orleansidentity.scim.without_effect" or "orleansidentity.scim.ignored")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) =>
        {
            lock (counted)
            {
                counted.Add((instrument.Name, tags.ToArray().Single(tag => tag.Key == "reason").Value!.ToString()!));
            }
        });
        listener.Start();

        await tenant.Scim.PatchAsync($"Users/{id}", ScimClient.PatchOp(ScimClient.Replace("nickName", "n")));
        await tenant.Scim.PatchAsync($"Users/{id}", ScimClient.PatchOp(ScimClient.Replace(null, new JsonObject { ["noSuchThing"] = 1 })));

        lock (counted)
        {
            Assert.Contains(("orleansidentity.scim.without_effect", "value-unchanged"), counted);
            Assert.Contains(("orleansidentity.scim.without_effect", "unknown-attribute"), counted);
            Assert.Contains(("orleansidentity.scim.ignored", "unknown-attribute"), counted);
        }
    }
}
