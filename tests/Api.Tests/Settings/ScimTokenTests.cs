using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Product;
using OrleansIdentity.Api.Tests.SignIn;

namespace OrleansIdentity.Api.Tests.Settings;

/// <summary>The tokens that Okta pushes with, made by the tenant's own owners and admins.</summary>
[Collection(SignInCollection.Name)]
public sealed class ScimTokenTests(SignInProduct shared)
{
    private const string Tokens = "/provisioning/scim-tokens";

    [Fact]
    public async Task Token_MintedByAnAdmin_IsShownOnceAndIsGoodUntilItIsRevoked()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        using var admin = await SettingsClient.CreateAsync(tenant, "admin");
        var minted = await admin.DoAsync("POST", Tokens, new { label = "Okta" });
        var (id, token) = (minted["id"]!.GetValue<string>(), minted["token"]!.GetValue<string>());
        using var scim = new ScimClient(shared.Product.Client(token), new Uri(shared.Product.BaseUrl, $"/t/{tenant.Slug}/scim/v2/"));
        Assert.Equal(200, (await scim.GetAsync("Users")).Status);

        // Two are live, the one that the test's tenant began with and this one.
        Assert.Equal((409, "token-limit"), await admin.RefusalAsync("POST", Tokens, new { label = "third" }));
        var listed = await admin.DoAsync("GET", Tokens);
        Assert.Equal([tenant.TokenId, id], listed["scimTokens"]!.AsArray().Select(one => one!["id"]!.GetValue<string>()));
        Assert.DoesNotContain(token, listed.ToJsonString(), StringComparison.Ordinal);

        Assert.Equal(204, (int)(await admin.SendAsync("DELETE", $"{Tokens}/{id}")).StatusCode);
        Assert.Equal(401, (await scim.GetAsync("Users")).Status);
        Assert.Equal((404, "token-unknown"), await admin.RefusalAsync("DELETE", $"{Tokens}/{id}"));
        var events = (await tenant.EventsAsync()).Where(one => one["source"]!.GetValue<string>() == "settings").ToArray();
        Assert.Equal(["token.minted", "token.revoked"], events.Select(one => one["type"]!.GetValue<string>()));
        Assert.All(events, one => Assert.Equal(admin.Person.Id, one["actor"]!.GetValue<string>()));
        Assert.DoesNotContain(token, string.Concat(events.Select(one => one.ToJsonString())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_OfOtherRolesAndTenants_AreOutOfReach()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        using var hr = await SettingsClient.CreateAsync(tenant, "hr");
        Assert.Equal((403, "settings-role-required"), await hr.RefusalAsync("POST", Tokens, new { }));
        Assert.Equal((403, "settings-role-required"), await hr.RefusalAsync("GET", Tokens));
        Assert.Equal((403, "settings-role-required"), await hr.RefusalAsync("DELETE", $"{Tokens}/{tenant.TokenId}"));

        using var other = await TestTenant.CreateAsync(shared.Product);
        using var stranger = await SettingsClient.CreateAsync(other);
        Assert.Equal((404, "token-unknown"), await stranger.RefusalAsync("DELETE", $"{Tokens}/{tenant.TokenId}"));
        Assert.Equal((400, "settings-unknown-member"), await stranger.RefusalAsync("POST", Tokens, new { token = "mine" }));
        Assert.Equal(200, (await tenant.Scim.GetAsync("Users")).Status);
    }
}
