using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Users;

[Collection(ProductCollection.Name)]
public sealed class ConcurrencyTests(SharedProduct shared)
{
    private static readonly string[] Attributes =
        ["nickName", "displayName", "title", "userType", "preferredLanguage", "locale", "timezone", "name.givenName", "name.familyName", "name.middleName"];

    [Fact]
    public async Task Post_FortyOfOneNameAtOnce_IsOne201AndThirtyNine409()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => tenant.Scim.PostAsync("Users", ScimClient.User("race@example.com"))));

        Assert.Single(answers, answer => answer.Status == 201);
        Assert.All(answers.Where(answer => answer.Status != 201), answer => answer.ShouldBeError(409, "uniqueness"));
        Assert.Single(await tenant.EventsAsync(), one => one["kind"]!.GetValue<string>() == "user");
    }

    [Fact]
    public async Task Patch_DifferentAttributesAtOnce_LosesNone()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var id = await tenant.Scim.CreateAsync("lane@example.com");

        var answers = await Task.WhenAll(Attributes.Select(attribute =>
            tenant.Scim.PatchAsync($"Users/{id}", ScimClient.PatchOp(ScimClient.Replace(attribute, $"v-{attribute}")))));

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        var user = (await tenant.Scim.GetAsync($"Users/{id}")).Body!;
        Assert.All(Attributes, attribute =>
        {
            var value = attribute.StartsWith("name.", StringComparison.Ordinal) ? user["name"]![attribute[5..]] : user[attribute];
            Assert.Equal($"v-{attribute}", value!.GetValue<string>());
        });
        Assert.Equal($"W/\"{Attributes.Length + 1}\"", user["meta"]!["version"]!.GetValue<string>());
        Assert.Equal(
            Enumerable.Range(1, Attributes.Length + 1), (await tenant.EventsAsync(id)).Select(one => one["version"]!.GetValue<int>()));
    }
}
