using OrleansIdentity.Okta.Apps;
using OrleansIdentity.Okta.Credentials;
using OrleansIdentity.Okta.Paging;
using OrleansIdentity.Okta.Tests.Support;
using OrleansIdentity.OktaSimulator.Management.Faults;

namespace OrleansIdentity.Okta.Tests.Outbound;

/// <summary>Whatever an org answers, the tenant's credential goes to that org's API only.</summary>
public class TokenLeakTests
{
    [Fact]
    public async Task WalkAppUsers_NextOnAnotherHost_IsNotFollowed()
    {
        await using var harness = await Harness.StartAsync();
        await using var thief = await Listener.StartAsync();
        harness.Assign(15);
        harness.Org.Faults.Add(new Fault(FaultKind.ForeignNext) { Target = $"{thief.Url}api/v1/apps/x/users?after=1" });

        var list = await harness.Client.WalkAppUsersAsync(harness.App.Id, new AppUserQuery(10)).ToCompleteListAsync(default);

        Assert.Equal("okta-cursor-foreign", list.RefusedId());
        Assert.Empty(thief.Visits);
    }

    // A cursor that was kept is not trusted more than one that has just come.
    [Theory]
    [InlineData("{0}api/v1/apps/x/users")]
    [InlineData("not an address")]
    [InlineData("/api/v1/users")]
    public async Task GetAppUsersPage_ForeignCursor_IsNotFollowed(string cursor)
    {
        await using var harness = await Harness.StartAsync();
        await using var thief = await Listener.StartAsync();

        var page = await harness.Client.GetAppUsersPageAsync(harness.App.Id, new(), new PageCursor(string.Format(null, cursor, thief.Url)));

        Assert.Equal("okta-cursor-foreign", page.RefusedId());
        Assert.Empty(thief.Visits);
        Assert.Empty(harness.Org.Requests.All);
    }

    [Theory]
    [InlineData("https://acme.okta.com/api/v1/users?after=x", true)]
    [InlineData("https://ACME.okta.com/api/v1/users", true)]
    [InlineData("http://acme.okta.com/api/v1/users", false)]
    [InlineData("https://acme.okta.com:444/api/v1/users", false)]
    [InlineData("https://acme.okta.com.evil.example/api/v1/users", false)]
    [InlineData("https://acme.okta.com@evil.example/api/v1/users", false)]
    [InlineData("https://evil@acme.okta.com/api/v1/users", false)]
    [InlineData("https://acme.okta.com/api/v1/../../oauth2/v1/token", false)]
    [InlineData("https://other.okta.com/api/v1/users", false)]
    public void Owns_Address_IsTheSameOriginAndTheApi(string url, bool expected) =>
        Assert.Equal(expected, Harness.Parse(OktaOrgUrl.Parse("https://acme.okta.com", false)).Owns(new Uri(url)));

    [Fact]
    public async Task GetApp_Redirect_IsNotFollowed()
    {
        await using var harness = await Harness.StartAsync();
        await using var thief = await Listener.StartAsync();
        harness.Org.Faults.Add(new Fault(FaultKind.Redirect) { Target = thief.Url.AbsoluteUri });

        Assert.Equal("okta-redirected", (await harness.Client.GetAppAsync(harness.App.Id)).UnreachableId());
        Assert.Empty(thief.Visits);
    }

    // A line break would make a header of its own out of the rest.
    [Theory]
    [InlineData("00abc\r\nX-Admin: 1")]
    [InlineData("00abc def")]
    [InlineData("00äbc")]
    [InlineData("")]
    public void Parse_TokenThatIsNone_IsRefused(string text) => Assert.Equal("token-malformed", OktaCredential.ApiToken.Parse(text).RefusedId());

    [Fact]
    public async Task ToString_Credentials_ShowNoSecret()
    {
        await using var harness = await Harness.StartAsync();
        var app = ServiceAppKeys.Register(harness);

        foreach (var shown in new[]
        {
            harness.Connection(Harness.Parse(OktaCredential.ApiToken.Parse(harness.ApiToken))).ToString(),
            harness.Connection(app.Credential).ToString(),
            new Secret(harness.ApiToken).ToString(),
        })
        {
            Assert.DoesNotContain(harness.ApiToken, shown, StringComparison.Ordinal);
            Assert.DoesNotContain("PRIVATE", shown, StringComparison.Ordinal);
        }
    }

    // An org that answers with what it was sent must not get the token into messages, events or logs.
    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(418)]
    [InlineData(500)]
    public async Task GetApp_OrgRepeatsTheToken_MessageDoesNot(int status)
    {
        await using var echo = await Listener.StartAsync(async http =>
        {
            var token = http.Request.Headers.Authorization.ToString();
            http.Response.StatusCode = status;
            http.Response.ContentType = "application/json";
            await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(
                http.Response, $$"""{"errorCode":"{{token}}","errorSummary":"{{token}}","errorId":"{{token}}","error":"{{token}}","errorCauses":[{"errorSummary":"{{token}}"}]}""");
        });
        await using var harness = await Harness.StartAsync();
        var org = Harness.Parse(OktaOrgUrl.Parse(echo.Url.AbsoluteUri, allowLoopback: true));
        using var client = harness.Get<OktaClients>().Open(new("acme", org, Harness.Parse(OktaCredential.ApiToken.Parse(harness.ApiToken))));

        var app = await client.GetAppAsync("0oa1");

        Assert.NotEmpty(echo.Visits);
        Assert.DoesNotContain(harness.ApiToken, app.Failure!.Describe().ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(harness.ApiToken, app.Failure.ToString(), StringComparison.Ordinal);
    }
}
