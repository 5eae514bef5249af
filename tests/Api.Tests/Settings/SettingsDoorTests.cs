using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrleansIdentity.Api.Tests.Product;
using OrleansIdentity.Api.Tests.SignIn;

namespace OrleansIdentity.Api.Tests.Settings;

[Collection(SignInCollection.Name)]
public sealed class SettingsDoorTests(SignInProduct shared)
{
    // rules.md, rule 3.
    [Theory]
    [InlineData("owner", 200)]
    [InlineData("admin", 200)]
    [InlineData("hr", 403)]
    [InlineData("viewer", 403)]
    [InlineData("curator", 403)]
    public async Task Settings_OfEachRole_AreForOwnersAndAdmins(string role, int status)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        using var client = await SettingsClient.CreateAsync(tenant, role);
        Assert.Equal(status, (int)(await client.GetAsync()).StatusCode);
        Assert.Equal(status, (int)(await client.SendAsync("PUT", "/policy", Policy())).StatusCode);
        Assert.Equal(status == 200 ? 1 : 0, (await tenant.EventsAsync()).Count(one => Text(one, "type") == "integration.changed"));
    }

    // rules.md, rules 2 and 4.
    [Fact]
    public async Task Settings_WithoutASessionOfThisTenantOrWhileDisabled_AreNotThere()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        using var other = await TestTenant.CreateAsync(shared.Product);
        using var owner = await SettingsClient.CreateAsync(tenant);
        using var stranger = await SettingsClient.CreateAsync(other);
        var token = await stranger.Person.SignInAsync();

        Assert.Equal((401, "session-required"), await SettingsClient.ProblemAsync(await owner.Person.SendAsync("GET", SettingsClient.Root, null)));
        Assert.Equal((401, "session-required"), await SettingsClient.ProblemAsync(await owner.Person.SendAsync("GET", SettingsClient.Root, token)));
        Assert.Equal((401, "session-required"), await SettingsClient.ProblemAsync(await owner.Person.SendAsync("GET", SettingsClient.Root, tenant.Token)));

        (await shared.Product.Operator.PostAsync($"/operator/v1/tenants/{tenant.Slug}/disable", null)).EnsureSuccessStatusCode();
        Assert.Equal((404, "integration-not-enabled"), await owner.RefusalAsync("GET", ""));
        Assert.Equal((404, "integration-not-enabled"), await owner.RefusalAsync("PUT", "/policy", Policy()));
        Assert.Equal(404, (int)(await owner.Person.SendAsync("GET", SettingsClient.Root, null)).StatusCode);
    }

    [Fact]
    public async Task Change_OfWhatSomebodyElseHasChanged_IsRefused()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        using var client = await SettingsClient.CreateAsync(tenant);
        var tag = (await client.GetAsync()).Headers.ETag!.Tag;

        var first = await client.SendAsync("PUT", "/policy", Policy(hours: 8), ("If-Match", tag));
        Assert.Equal(200, (int)first.StatusCode);
        Assert.NotEqual(tag, first.Headers.ETag!.Tag);
        Assert.Equal((412, "settings-changed"), await client.RefusalAsync("PUT", "/policy", Policy(hours: 9), ("If-Match", tag)));
        Assert.Equal(8, (await client.DoAsync("GET", ""))["policy"]!["sessionHours"]!.GetValue<int>());

        var changed = (await tenant.EventsAsync()).Where(one => Text(one, "type") == "integration.changed").ToArray();
        Assert.Equal(("settings", client.Person.Id), (Text(Assert.Single(changed), "source"), Text(changed[0], "actor")));
        Assert.Equal("policy.sessionHours", changed[0]["changes"]![0]!["path"]!.GetValue<string>());
    }

    [Fact]
    public async Task Body_ThatIsNoneOfOurs_IsRefusedAndChangesNothing()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        using var client = await SettingsClient.CreateAsync(tenant);
        var before = (await client.GetAsync()).Headers.ETag!.Tag;
        var token = await client.Person.SignInAsync();

        Task<HttpResponseMessage> Put(string body, string type = "application/json") =>
            client.Person.SendAsync("PUT", SettingsClient.Root + "/policy", token, new StringContent(body, Encoding.UTF8, type));

        Assert.Equal((415, "media-type-unsupported"), await SettingsClient.ProblemAsync(await Put("ssoOnly=true", "application/x-www-form-urlencoded")));
        Assert.Equal((415, "media-type-unsupported"), await SettingsClient.ProblemAsync(await Put("{}", "text/plain")));
        Assert.Equal((413, "body-too-large"), await SettingsClient.ProblemAsync(await Put(new string(' ', 70_000) + "{}")));
        foreach (var malformed in new[] { "", "null", "[]", "{", "{\"ssoOnly\":true}", """{"ssoOnly":"yes","requireMultiFactor":false,"sessionHours":1,"idpInitiated":false}""",
            """{"ssoOnly":false,"ssoOnly":true,"requireMultiFactor":false,"sessionHours":1,"idpInitiated":false}""" })
        {
            Assert.Equal((400, "settings-malformed"), await SettingsClient.ProblemAsync(await Put(malformed)));
        }

        var unknown = await Put("""{"ssoOnly":false,"requireMultifactor":true,"sessionHours":1,"idpInitiated":false,"x":1}""");
        var problem = JsonNode.Parse(await unknown.Content.ReadAsStringAsync())!;
        Assert.Equal((400, "settings-unknown-member"), ((int)unknown.StatusCode, Text(problem, "id")));
        Assert.Contains("'requireMultifactor', 'x'", Text(problem, "detail"));
        Assert.Equal((400, "session-hours-invalid"), await client.RefusalAsync("PUT", "/policy", Policy(hours: 0)));
        Assert.Equal((409, "sso-not-set-up"), await client.RefusalAsync("PUT", "/policy", Policy(ssoOnly: true)));
        Assert.Equal(before, (await client.GetAsync()).Headers.ETag!.Tag);
    }

    // Another site's page: a sub-domain's neighbour, for which SameSite does nothing.
    [Fact]
    public async Task Cookie_ThatAnotherSitesPageMadeTheBrowserSend_IsNobody()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        using var client = await SettingsClient.CreateAsync(tenant);
        using var browser = new Browser(tenant, client.Person.Name);
        await browser.SignInAsync();

        Assert.Equal(200, (int)(await browser.SendAsync("PUT", SettingsClient.Root + "/policy", JsonContent.Create(Policy()), ("Sec-Fetch-Site", "same-origin"))).StatusCode);
        Assert.Equal(401, (int)(await browser.SendAsync("PUT", SettingsClient.Root + "/policy", JsonContent.Create(Policy()), ("Sec-Fetch-Site", "same-site"))).StatusCode);
        Assert.Equal(401, (int)(await browser.SendAsync("PUT", SettingsClient.Root + "/policy", JsonContent.Create(Policy()), ("Origin", "https://evil.example.com"))).StatusCode);
    }

    [Fact]
    public async Task Document_OfEachApi_DescribesItsRoutesAndNoOthers()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        using var anyone = new HttpClient { BaseAddress = shared.Product.BaseUrl };
        var routes = shared.Product.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToArray();
        foreach (var (name, path) in new[]
        {
            ("settings-v1", $"/t/{tenant.Slug}/api/v1/settings-v1.json"), ("sessions-v1", $"/t/{tenant.Slug}/api/v1/sessions-v1.json"),
            ("openapi", $"/t/{tenant.Slug}/api/v1/openapi.json"), ("v1", "/operator/v1/openapi.json"),
        })
        {
            var document = await anyone.GetFromJsonAsync<JsonObject>(path);
            var described = document!["paths"]!.AsObject().SelectMany(one => one.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {one.Key}"));
            var mapped = routes
                .Where(route => route.Metadata.GetMetadata<IEndpointGroupNameMetadata>()?.EndpointGroupName == name)
                .SelectMany(route => route.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Select(method => $"{method} {Plain(route)}"));
            Assert.Equal(mapped.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
        }
    }

    // A document's paths have neither constraints nor a slash at the end.
    private static string Plain(RouteEndpoint route) => string.Concat(route.RoutePattern.PathSegments.Select(segment => "/" + string.Concat(segment.Parts.Select(part => part switch
    {
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
        _ => throw new InvalidOperationException("Unknown part."),
    }))));

    private static object Policy(bool ssoOnly = false, int hours = 24) => new { ssoOnly, requireMultiFactor = false, sessionHours = hours, idpInitiated = false };

    private static string Text(JsonNode node, string member) => node[member]!.GetValue<string>();
}
