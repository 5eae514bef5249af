using OrleansIdentity.Okta.Connection;
using OrleansIdentity.Okta.Credentials;
using OrleansIdentity.Okta.Tests.Support;
using OrleansIdentity.OktaSimulator.Provider;

namespace OrleansIdentity.Okta.Tests.Connection;

/// <summary>The connection test: what is wrong, and nothing that is right called wrong.</summary>
public class ConnectionCheckTests
{
    private static readonly Uri Redirect = new("https://acme.example/signin/okta/callback");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunApi_EverythingRight_Passes(bool isServiceApp)
    {
        await using var harness = await Harness.StartAsync();
        harness.Assign(3);
        var credential = isServiceApp ? ServiceAppKeys.Register(harness).Credential : Harness.Parse(OktaCredential.ApiToken.Parse(harness.ApiToken));

        var checks = await harness.Get<ApiCheck>().RunAsync(harness.Connection(credential), harness.App.Id);

        Assert.All(checks, check => Assert.Equal(CheckResult.Passed, check.Result));
        Assert.Equal(["credential", "app", "assigned-users", "users", "groups", "logs", "clock", "rate-limit"], checks.Select(check => check.Id));
        Assert.Contains("3 people", checks[2].Finding, StringComparison.Ordinal);
        Assert.Contains(isServiceApp ? "okta.logs.read" : "admin@okta.example", checks[0].Finding, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunApi_TokenRevoked_FailsThereAndSkipsTheRest()
    {
        await using var harness = await Harness.StartAsync();
        harness.Org.Tokens.RevokeAll();

        var checks = await RunAsync(harness, harness.App.Id);

        Assert.Equal((CheckResult.Failed, "okta-token-invalid"), (checks["credential"].Result, checks["credential"].ErrorId));
        Assert.All(new[] { "app", "assigned-users", "users", "groups", "logs" }, id => Assert.Equal(CheckResult.Skipped, checks[id].Result));
        Assert.Equal(CheckResult.Passed, checks["clock"].Result);
    }

    [Fact]
    public async Task RunApi_NoSuchApp_FailsThereOnly()
    {
        await using var harness = await Harness.StartAsync();

        var checks = await RunAsync(harness, "0oaother");

        Assert.Equal("okta-app-not-found", checks["app"].ErrorId);
        Assert.Equal(CheckResult.Skipped, checks["assigned-users"].Result);
        Assert.Equal(CheckResult.Passed, checks["credential"].Result);
        Assert.Equal(CheckResult.Passed, checks["users"].Result);
    }

    [Fact]
    public async Task RunApi_ScopesMissing_FailsWhereTheyAreNeeded()
    {
        await using var harness = await Harness.StartAsync();
        var app = ServiceAppKeys.Register(harness, asksFor: [OktaScopes.AppsRead, OktaScopes.UsersRead]);

        var checks = (await harness.Get<ApiCheck>().RunAsync(harness.Connection(app.Credential), harness.App.Id)).ToDictionary(check => check.Id);

        Assert.Equal(CheckResult.Passed, checks["users"].Result);
        Assert.Equal(("okta-not-permitted", "okta-not-permitted"), (checks["groups"].ErrorId, checks["logs"].ErrorId));
    }

    [Theory]
    [InlineData(0, 10, CheckResult.Passed)]
    [InlineData(0, 45, CheckResult.Warning)]
    [InlineData(0, -45, CheckResult.Warning)]
    [InlineData(0, 301, CheckResult.Failed)]
    public async Task RunApi_Clock_IsJudged(int users, int skew, CheckResult expected)
    {
        await using var harness = await Harness.StartAsync(org => org with { ClockSkew = TimeSpan.FromSeconds(skew) });

        var checks = await RunAsync(harness, harness.App.Id);

        Assert.Equal(expected, checks["clock"].Result);
        Assert.Equal((CheckResult.Warning, users), (checks["assigned-users"].Result, harness.Org.Directory.AssignmentsOf(harness.App.Id).Count));
    }

    [Fact]
    public async Task RunApi_ManyAssigned_SaysAtLeast()
    {
        await using var harness = await Harness.StartAsync();
        harness.Assign(501);

        Assert.Contains("At least 500 people", (await RunAsync(harness, harness.App.Id))["assigned-users"].Finding, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/oauth2/default")]
    [InlineData("/")]
    public async Task RunSignIn_EverythingRight_Passes(string path)
    {
        await using var harness = await Harness.StartAsync();
        harness.Org.Provider.Register(new OidcApp("0oaweb", "secret:/+ %", [Redirect.AbsoluteUri]));

        var checks = await harness.Get<SignInCheck>().RunAsync(Settings(harness, path));

        Assert.Equal(["issuer", "redirect-uri", "client-secret"], checks.Select(check => check.Id));
        Assert.All(checks, check => Assert.Equal(CheckResult.Passed, check.Result));
    }

    [Fact]
    public async Task RunSignIn_OneThingWrong_FailsThereOnly()
    {
        await using var harness = await Harness.StartAsync();
        harness.Org.Provider.Register(new OidcApp("0oaweb", "secret:/+ %", [Redirect.AbsoluteUri]));
        var check = harness.Get<SignInCheck>();

        var secret = await check.RunAsync(Settings(harness, "") with { ClientSecret = new Secret("other") });
        var redirect = await check.RunAsync(Settings(harness, "") with { RedirectUri = new Uri("https://acme.example/other") });
        var client = await check.RunAsync(Settings(harness, "") with { ClientId = "0oaother" });
        var issuer = await check.RunAsync(Settings(harness, "/oauth2/none"));

        Assert.Equal([null, null, "client-secret-wrong"], secret.Select(one => one.ErrorId));
        Assert.Equal([null, "redirect-uri-refused", null], redirect.Select(one => one.ErrorId));
        Assert.Equal([null, "redirect-uri-refused", "client-secret-wrong"], client.Select(one => one.ErrorId));
        Assert.Equal([CheckResult.Failed, CheckResult.Skipped, CheckResult.Skipped], issuer.Select(one => one.Result));
        Assert.Equal("issuer-not-found", issuer[0].ErrorId);
    }

    // The secret goes to the token endpoint that the document names, so one that names another host is not believed.
    [Fact]
    public async Task RunSignIn_EndpointsElsewhere_SecretStaysHere()
    {
        await using var thief = await Listener.StartAsync();
        await using var liar = await Listener.StartAsync(http => Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(
            http.Response,
            $$"""{"issuer":"http://{{http.Request.Host}}","authorization_endpoint":"http://{{http.Request.Host}}/a","token_endpoint":"{{thief.Url}}token"}"""));
        await using var harness = await Harness.StartAsync();

        var checks = await harness.Get<SignInCheck>().RunAsync(Settings(harness, "") with { Issuer = liar.Url.AbsoluteUri });

        Assert.Equal("issuer-mismatch", checks[0].ErrorId);
        Assert.Empty(thief.Visits);
        Assert.Single(liar.Visits);
    }

    private static async Task<Dictionary<string, ConnectionCheck>> RunAsync(Harness harness, string appId) =>
        (await harness.Get<ApiCheck>().RunAsync(harness.Connection(Harness.Parse(OktaCredential.ApiToken.Parse(harness.ApiToken))), appId)).ToDictionary(check => check.Id);

    private static SignInSettings Settings(Harness harness, string path) =>
        new($"{harness.Url}{path}", "0oaweb", new Secret("secret:/+ %"), Redirect);
}
