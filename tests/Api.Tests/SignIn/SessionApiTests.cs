using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.SignIn;

[Collection(SignInCollection.Name)]
public sealed class SessionApiTests(SignInProduct shared)
{
    [Fact]
    public async Task Session_FromSignInToSignOut_IsWhatTheApiSays()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        using var ann = await Person.CreateAsync(tenant);
        var (first, second) = (await ann.SignInAsync(), await ann.SignInAsync());

        var me = await JsonAsync(await ann.SendAsync("GET", "/api/v1/me", first));
        Assert.Equal((ann.Id, tenant.Slug, ann.Name, "viewer"), (Text(me, "id"), Text(me, "tenant"), Text(me, "email"), Text(me, "role")));

        var sessions = (await JsonAsync(await ann.SendAsync("GET", "/api/v1/sessions", first)))["sessions"]!.AsArray();
        Assert.Equal(2, sessions.Count);
        var other = sessions.Single(session => !session!["isCurrent"]!.GetValue<bool>())!;
        Assert.Equal("Test/1", other["userAgent"]!.GetValue<string>());

        Assert.Equal(204, (int)(await ann.SendAsync("DELETE", $"/api/v1/sessions/{other["id"]}", first)).StatusCode);
        Assert.Equal((200, 401), (await ann.StatusAsync(first), await ann.StatusAsync(second)));
        Assert.Equal(404, (int)(await ann.SendAsync("DELETE", $"/api/v1/sessions/{other["id"]}", first)).StatusCode);

        var renewed = Text(await JsonAsync(await ann.SendAsync("POST", "/api/v1/sessions/renew", first)), "token");
        Assert.Equal(200, await ann.StatusAsync(renewed));
        Assert.Equal(204, (int)(await ann.SendAsync("DELETE", "/api/v1/sessions", renewed)).StatusCode);
        Assert.Equal((401, 401), (await ann.StatusAsync(first), await ann.StatusAsync(renewed)));

        Assert.Equal(
            ["user.created", "user.password-changed", "sign-in.succeeded", "sign-in.succeeded", "session.ended", "sessions.ended"],
            (await tenant.EventsAsync(ann.Id)).Select(one => Text(one, "type")));
    }

    // rules.md, rule 10.
    [Fact]
    public async Task Session_AccessTakenAway_IsOverWithTheAnswer()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        using var ann = await Person.CreateAsync(tenant);
        var token = await ann.SignInAsync();
        Assert.Equal(200, (await tenant.Scim.PatchAsync($"Users/{ann.Id}", ScimClient.PatchOp(ScimClient.Replace("active", false)))).Status);
        Assert.Equal(401, await ann.StatusAsync(token));
        Assert.Equal(401, (int)(await ann.PostSessionAsync()).StatusCode);

        await tenant.Scim.PatchAsync($"Users/{ann.Id}", ScimClient.PatchOp(ScimClient.Replace("active", true)));
        Assert.Equal(401, await ann.StatusAsync(token));
        Assert.Equal(200, await ann.StatusAsync(await ann.SignInAsync()));
    }

    [Fact]
    public async Task Token_OfAnotherTenantForgedOrAnotherKind_IsWorthNothing()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        using var other = await TestTenant.CreateAsync(shared.Product);
        using var ann = await Person.CreateAsync(tenant);
        using var bob = await Person.CreateAsync(other);
        var token = await ann.SignInAsync();

        Assert.Equal(401, await bob.StatusAsync(token));
        Assert.Equal(401, await ann.StatusAsync(token[..^1] + (token[^1] == 'A' ? 'B' : 'A')));
        Assert.Equal(401, await ann.StatusAsync(token["oidses_".Length..]));
        Assert.Equal(401, await ann.StatusAsync("oidses_" + new string('A', 3_000)));
        Assert.Equal(401, await ann.StatusAsync(tenant.Token));

        // A bearer token is no cookie.
        var asCookie = await ann.SendAsync("GET", "/api/v1/me", null, null, ("Cookie", $"__Host-session-{tenant.Slug}={token["oidses_".Length..]}"));
        Assert.Equal(401, (int)asCookie.StatusCode);
        Assert.Equal("session-required", Text(await JsonAsync(asCookie), "id"));
    }

    [Fact]
    public async Task Introspect_ByAnApplication_SaysWhatATokenIsWorth()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        using var other = await TestTenant.CreateAsync(shared.Product);
        using var ann = await Person.CreateAsync(tenant);
        using var bob = await Person.CreateAsync(other);
        var token = await ann.SignInAsync();
        var minted = await JsonAsync(await shared.Product.Operator.PostAsJsonAsync("/operator/v1/applications", new { name = "courses" }));
        var (client, secret) = (Text(minted, "clientId"), Text(minted, "clientSecret"));

        var answer = await JsonAsync(await IntrospectAsync(ann, client, secret, token));
        Assert.True(answer["active"]!.GetValue<bool>());
        Assert.Equal((ann.Id, "Bearer", tenant.Slug), (Text(answer, "sub"), Text(answer, "token_type"), Text(answer, "tenant")));

        // RFC 7662 §2.2: of what is not active nothing else is said.
        Assert.Equal("""{"active":false}""", await (await IntrospectAsync(ann, client, secret, "nonsense")).Content.ReadAsStringAsync());
        Assert.Equal("""{"active":false}""", await (await IntrospectAsync(bob, client, secret, token)).Content.ReadAsStringAsync());

        // RFC 7662 §2.3 and RFC 6749 §5.2.
        foreach (var (id, key) in new[] { (client, "wrong"), ("app-0000000000000000", secret), ("no-app", secret) })
        {
            var refused = await IntrospectAsync(ann, id, key, token);
            Assert.Equal((401, "invalid_client"), ((int)refused.StatusCode, Text(await JsonAsync(refused), "error")));
        }

        Assert.Equal(401, (int)(await ann.SendAsync("POST", "/api/v1/introspect", token, Form(("token", token)))).StatusCode);
        Assert.Equal(400, (int)(await IntrospectAsync(ann, client, secret, "")).StatusCode);

        Assert.Equal(204, (int)(await shared.Product.Operator.DeleteAsync($"/operator/v1/applications/{client}")).StatusCode);
        Assert.Equal(401, (int)(await IntrospectAsync(ann, client, secret, token)).StatusCode);
    }

    [Fact]
    public async Task SignIn_WrongOrUnknownOrDeactivatedOrWithoutPassword_DiffersByNothing()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        using var ann = await Person.CreateAsync(tenant);
        using var gone = await Person.CreateAsync(tenant, "gone@example.com");
        using var bare = await Person.CreateAsync(tenant, "bare@example.com", hasPassword: false);
        await tenant.Scim.PatchAsync($"Users/{gone.Id}", ScimClient.PatchOp(ScimClient.Replace("active", false)));

        var answers = new List<(int, string, string, int)>();
        foreach (var (login, password) in new[]
        {
            (ann.Name, "wrong"), ("nobody@example.com", Person.Password), (gone.Name, Person.Password), (gone.Name, "wrong"), (bare.Name, Person.Password),
        })
        {
            shared.Hasher.Take();
            var answer = await ann.PostSessionAsync(login, password);
            var verified = Assert.Single(shared.Hasher.Take());

            // Format, algorithm and number of rounds: what the work depends on.
            var cost = Convert.ToHexString(Convert.FromBase64String(verified).AsSpan(0, 13));
            answers.Add(((int)answer.StatusCode, Text(await JsonAsync(answer), "detail"), cost, answer.Headers.Count()));
        }

        Assert.Single(answers.Distinct());
        Assert.Equal(401, answers[0].Item1);
        Assert.Equal(
            ["wrong-password", "unknown-user", "account-deactivated", "wrong-password", "no-password"],
            (await tenant.EventsAsync()).Where(one => Text(one, "type") == "sign-in.failed")
                .Select(one => one["changes"]!.AsArray().Single(change => Text(change!, "path") == "signIn.reason")!["after"]!.GetValue<string>()));
        Assert.DoesNotContain("nobody@example.com", string.Concat((await tenant.EventsAsync()).Select(one => one.ToJsonString())), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ann@example.com")]
    [InlineData("nobody@example.com")]
    public async Task SignIn_TooManyGuessesAtOnce_AreRefusedWithoutAnyWork(string login)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        using var ann = await Person.CreateAsync(tenant);
        using var stopped = shared.Time.Stop();
        shared.Hasher.Take();
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => ann.PostSessionAsync(login.ToUpperInvariant(), "wrong")));
        Assert.Equal(6, answers.Count(answer => (int)answer.StatusCode == 401));
        Assert.Equal(6, shared.Hasher.Take().Length);
        Assert.All(answers.Where(answer => (int)answer.StatusCode == 429), answer => Assert.NotNull(answer.Headers.RetryAfter));
        Assert.Equal(429, (int)(await ann.PostSessionAsync(login)).StatusCode);
    }

    [Fact]
    public async Task SignIn_ManyLoginsFromOneAddress_AreSlowedDownAndOthersAreNot()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        using var guesser = await Person.CreateAsync(tenant);
        using var ann = await Person.CreateAsync(tenant, "other@example.com");
        using var stopped = shared.Time.Stop();
        for (var number = 0; number < 31; number++)
        {
            Assert.Equal(401, (int)(await guesser.PostSessionAsync($"guess{number}@example.com")).StatusCode);
        }

        Assert.Equal(429, (int)(await guesser.PostSessionAsync("guess31@example.com")).StatusCode);
        Assert.Equal(201, (int)(await ann.PostSessionAsync()).StatusCode);
    }

    [Fact]
    public async Task SignIn_SsoOnly_IsRefusedAndSessionsGoOn()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        using var ann = await Person.CreateAsync(tenant);
        var token = await ann.SignInAsync();
        await SetRulesAsync(tenant, 168, ssoOnly: true);
        var answer = await ann.PostSessionAsync();
        Assert.Equal((403, "password-sign-in-disabled"), ((int)answer.StatusCode, Text(await JsonAsync(answer), "id")));
        Assert.Equal(200, await ann.StatusAsync(token));
    }

    [Fact]
    public async Task Rules_HoursOutOfRange_AreRefused()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        var answer = await shared.Product.Operator.PutAsJsonAsync($"/operator/v1/tenants/{tenant.Slug}/sign-in", new { sessionHours = 0, ssoOnly = false });
        Assert.Equal("session-hours-invalid", Text(await JsonAsync(answer), "id"));
    }

    [Fact]
    public async Task UnknownTenant_IsNotFoundAndUnknownMethodsToo()
    {
        using var client = new HttpClient { BaseAddress = shared.Product.BaseUrl };
        var answer = await client.PostAsJsonAsync("/t/no-such-tenant/api/v1/sessions", new { login = "a", password = "b" });
        Assert.Equal((404, "tenant-unknown"), ((int)answer.StatusCode, Text(await JsonAsync(answer), "id")));
        Assert.Equal(401, (int)(await client.GetAsync("/t/no-such-tenant/api/v1/me")).StatusCode);
        Assert.Equal(413, (int)(await client.PostAsync("/t/x/api/v1/sessions", new StringContent("{\"login\":\"" + new string('x', 20_000) + "\"}", Encoding.UTF8, "application/json"))).StatusCode);
    }

    internal static async Task SetRulesAsync(TestTenant tenant, int hours, bool ssoOnly) => (await tenant.Product.Operator.PutAsJsonAsync(
        $"/operator/v1/tenants/{tenant.Slug}/sign-in", new { sessionHours = hours, ssoOnly })).EnsureSuccessStatusCode();

    internal static async Task<JsonObject> JsonAsync(HttpResponseMessage answer) => JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();

    internal static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) => new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    private static Task<HttpResponseMessage> IntrospectAsync(Person person, string client, string secret, string token) => person.SendAsync(
        "POST", "/api/v1/introspect", null, Form(("token", token)),
        ("Authorization", new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{client}:{secret}"))).ToString()));
}
