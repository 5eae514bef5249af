using System.Text.RegularExpressions;
using System.Net.Http.Json;
using MimeKit;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.SignIn;

[Collection(SignInCollection.Name)]
public sealed partial class PageTests(SignInProduct shared)
{
    private const string NewPassword = "seven purple bicycles";

    [Fact]
    public async Task SignIn_WithTheForm_SetsAHostCookieThatWorksHereAlone()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        using var other = await TestTenant.CreateAsync(shared.Product);
        using var ann = await Person.CreateAsync(tenant);
        using var bob = await Person.CreateAsync(other);
        var (answer, _) = await PostAsync(ann, "/users/sign_in", "", ("login", ann.Name), ("password", Person.Password));

        Assert.Equal(303, (int)answer.StatusCode);
        Assert.Equal($"/t/{tenant.Slug}/users/sign_in", answer.Headers.Location!.ToString());
        var set = Assert.Single(answer.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("__Host-session-", StringComparison.Ordinal));
        Assert.All(new[] { "secure", "httponly", "samesite=lax", "path=/", "max-age=604800" }, part => Assert.Contains(part, set, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("domain", set, StringComparison.OrdinalIgnoreCase);

        var cookie = set.Split(';')[0];
        Assert.Contains(ann.Name, await TextAsync(ann, "/users/sign_in", cookie), StringComparison.Ordinal);
        Assert.Equal(200, (int)(await ann.SendAsync("GET", "/api/v1/me", null, null, ("Cookie", cookie))).StatusCode);

        // The other tenant's cookie has another name; the value under that name is worth nothing either.
        var stolen = $"__Host-session-{other.Slug}={cookie.Split('=', 2)[1]}";
        Assert.Equal(401, (int)(await bob.SendAsync("GET", "/api/v1/me", null, null, ("Cookie", stolen))).StatusCode);

        // Another site's page makes the browser send it.
        Assert.Equal(401, (int)(await ann.SendAsync("DELETE", "/api/v1/sessions", null, null, ("Cookie", cookie), ("Origin", "https://evil.example"))).StatusCode);
        Assert.Equal(401, (int)(await ann.SendAsync("DELETE", "/api/v1/sessions", null, null, ("Cookie", cookie), ("Sec-Fetch-Site", "same-site"))).StatusCode);

        var (signedOut, _) = await PostAsync(ann, "/users/sign_out", cookie, page: "/users/sign_in");
        Assert.Equal(303, (int)signedOut.StatusCode);
        Assert.Equal(401, (int)(await ann.SendAsync("GET", "/api/v1/me", null, null, ("Cookie", cookie))).StatusCode);
    }

    [Fact]
    public async Task Page_AnyAnswer_LetsNothingRunAndNobodyFrame()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        using var ann = await Person.CreateAsync(tenant);
        foreach (var path in new[] { "/users/sign_in", "/users/password", "/users/password/nonsense", "/users/style.css" })
        {
            var answer = await ann.SendAsync("GET", path, null);
            Assert.Equal("default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.DoesNotContain("<script", await answer.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Form_WithoutItsTokenOrWithAnothers_IsRefused()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        using var ann = await Person.CreateAsync(tenant);
        var fields = new Dictionary<string, string> { ["login"] = ann.Name, ["password"] = Person.Password };
        Assert.Equal(400, (int)(await ann.SendAsync("POST", "/users/sign_in", null, new FormUrlEncodedContent(fields))).StatusCode);

        var (cookie, _) = await LoadAsync(ann, "/users/sign_in", "");
        var (_, foreign) = await LoadAsync(ann, "/users/sign_in", "");
        fields["form_token"] = foreign;
        var answer = await ann.SendAsync("POST", "/users/sign_in", null, new FormUrlEncodedContent(fields), ("Cookie", cookie));
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.False(answer.Headers.TryGetValues("Set-Cookie", out var set) && set.Any(one => one.Contains("session-", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("/courses/1?x=y", "/courses/1?x=y")]
    [InlineData("//evil.example", "/users/sign_in")]
    [InlineData("/\\evil.example", "/users/sign_in")]
    [InlineData("/\t/evil.example", "/users/sign_in")]
    [InlineData("https://evil.example", "/users/sign_in")]
    [InlineData("javascript:alert(1)", "/users/sign_in")]
    public async Task SignIn_ReturnTo_LeadsNowhereElse(string asked, string expected)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        using var ann = await Person.CreateAsync(tenant);
        var (answer, _) = await PostAsync(ann, "/users/sign_in", "", ("login", ann.Name), ("password", Person.Password), ("return_to", asked));
        Assert.Equal($"/t/{tenant.Slug}{expected}", answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task SignIn_Refused_SaysSoAndEncodesWhatWasTyped()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        using var ann = await Person.CreateAsync(tenant);
        var (answer, text) = await PostAsync(ann, "/users/sign_in", "", ("login", "\"><script>alert(1)</script>"), ("password", "wrong"));
        Assert.Equal(401, (int)answer.StatusCode);
        Assert.Contains("role=\"alert\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task SsoOnly_Page_HasNoPasswordField()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        using var ann = await Person.CreateAsync(tenant);
        await SessionApiTests.SetRulesAsync(tenant, 168, ssoOnly: true);
        Assert.DoesNotContain("type=\"password\"", await TextAsync(ann, "/users/sign_in", ""), StringComparison.Ordinal);
        Assert.Equal(403, (int)(await ann.SendAsync("GET", "/users/password", null)).StatusCode);
    }

    [Fact]
    public async Task Owner_NamedWithTheTenant_IsInvitedByMailAndComesInOnce()
    {
        var slug = $"o-{Guid.CreateVersion7():n}";
        var email = $"{slug}@example.test";
        var created = await shared.Product.Operator.PostAsJsonAsync("/operator/v1/tenants", new { slug, owner = new { email, firstName = "Ann", lastName = "Lee" } });
        Assert.Equal(201, (int)created.StatusCode);
        var link = await LinkAsync(email, slug);

        // Nothing of a request decides where a link leads.
        Assert.StartsWith($"https://{slug}.id.example.test/users/password/", link, StringComparison.Ordinal);
        var path = new Uri(link).AbsolutePath;
        using var browser = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = shared.Product.BaseUrl };

        using var elsewhere = await TestTenant.CreateAsync(shared.Product);
        Assert.Equal(404, (int)(await browser.GetAsync($"/t/{elsewhere.Slug}{path}")).StatusCode);

        // Used in parallel it works once.
        var page = await browser.GetAsync($"/t/{slug}{path}");
        var (cookie, token) = (Cookie(page), FormToken().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value);
        var uses = await Task.WhenAll(Enumerable.Range(0, 5).Select(number =>
        {
            var request = new HttpRequestMessage(HttpMethod.Post, $"/t/{slug}{path}")
            {
                Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["form_token"] = token, ["password"] = $"{NewPassword} {number}" }),
            };
            request.Headers.Add("Cookie", cookie);
            return browser.SendAsync(request);
        }));
        Assert.Single(uses, use => (int)use.StatusCode == 303);
        Assert.Equal(404, (int)(await browser.GetAsync($"/t/{slug}{path}")).StatusCode);

        // Named again, an owner who has come in is sent nothing.
        var again = await shared.Product.Operator.PostAsJsonAsync($"/operator/v1/tenants/{slug}/owners", new { email });
        Assert.Equal("confirmed", SessionApiTests.Text(await SessionApiTests.JsonAsync(again), "status"));
        Assert.Single(Mails(email));
    }

    [Fact]
    public async Task ForgottenPassword_Link_SetsANewOneAndEndsSessions()
    {
        var slug = $"f-{Guid.CreateVersion7():n}";
        var email = $"{slug}@example.test";
        await shared.Product.Operator.PostAsJsonAsync("/operator/v1/tenants", new { slug, owner = new { email } });
        using var browser = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = shared.Product.BaseUrl };
        await UseAsync(browser, slug, await LinkAsync(email, slug), NewPassword);
        var token = SessionApiTests.Text(
            await SessionApiTests.JsonAsync(await browser.PostAsJsonAsync($"/t/{slug}/api/v1/sessions", new { login = email, password = NewPassword })), "token");

        // Known or not, the answer is the same.
        var answers = new List<string>();
        foreach (var login in new[] { email, "nobody@example.test" })
        {
            var page = await browser.GetAsync($"/t/{slug}/users/password");
            answers.Add(await SubmitAsync(browser, $"/t/{slug}/users/password", page, ("login", login)));
        }

        Assert.Single(answers.Distinct());
        var second = await LinkAsync(email, slug, count: 2);
        await UseAsync(browser, slug, second, NewPassword + " again");

        var me = new HttpRequestMessage(HttpMethod.Get, $"/t/{slug}/api/v1/me");
        me.Headers.Authorization = new("Bearer", token);
        Assert.Equal(401, (int)(await browser.SendAsync(me)).StatusCode);
        Assert.Equal(401, (int)(await browser.PostAsJsonAsync($"/t/{slug}/api/v1/sessions", new { login = email, password = NewPassword })).StatusCode);
        Assert.Empty(Mails("nobody@example.test"));
    }

    private static async Task UseAsync(HttpClient browser, string slug, string link, string password)
    {
        var path = $"/t/{slug}{new Uri(link).AbsolutePath}";
        await SubmitAsync(browser, path, await browser.GetAsync(path), ("password", password));
    }

    private static async Task<string> SubmitAsync(HttpClient browser, string path, HttpResponseMessage page, params (string Name, string Value)[] fields)
    {
        var token = FormToken().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value;
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Append(("form_token", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2))),
        };
        request.Headers.Add("Cookie", Cookie(page));
        var answer = await browser.SendAsync(request);
        Assert.True((int)answer.StatusCode is 200 or 303, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<string> LinkAsync(string email, string slug, int count = 1)
    {
        // The mail goes out a moment after the answer.
        while (Mails(email).Length < count)
        {
            await Task.Yield();
        }

        var mail = Mails(email)[^1];
        Assert.Contains(slug, mail.Subject!, StringComparison.Ordinal);
        Assert.Contains("<a href=", mail.HtmlBody!, StringComparison.Ordinal);
        return MailLink().Match(mail.TextBody!).Value;
    }

    private MimeMessage[] Mails(string email) => Directory.Exists(shared.MailFolder)
        ? [.. Directory.GetFiles(shared.MailFolder, "*.eml").OrderBy(File.GetLastWriteTimeUtc).Select(file => MimeMessage.Load(file)).Where(mail => mail.To.ToString().Contains(email, StringComparison.Ordinal))]
        : [];

    private static async Task<(HttpResponseMessage Answer, string Text)> PostAsync(
        Person person, string path, string cookie, params (string Name, string Value)[] fields) => await PostAsync(person, path, cookie, path, fields);

    private static async Task<(HttpResponseMessage Answer, string Text)> PostAsync(
        Person person, string path, string cookie, string page, params (string Name, string Value)[] fields)
    {
        var (formCookie, token) = await LoadAsync(person, page, cookie);
        var content = new FormUrlEncodedContent(fields.Append(("form_token", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        var answer = await person.SendAsync("POST", path, null, content, ("Cookie", string.Join("; ", new[] { cookie, formCookie }.Where(one => one.Length > 0))));
        return (answer, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<(string Cookie, string Token)> LoadAsync(Person person, string page, string cookie)
    {
        var answer = await person.SendAsync("GET", page, null, null, ("Cookie", cookie));
        return (Cookie(answer), FormToken().Match(await answer.Content.ReadAsStringAsync()).Groups[1].Value);
    }

    private static async Task<string> TextAsync(Person person, string path, string cookie) =>
        await (await person.SendAsync("GET", path, null, null, ("Cookie", cookie))).Content.ReadAsStringAsync();

    private static string Cookie(HttpResponseMessage answer) =>
        answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("__Host-form", StringComparison.Ordinal)).Split(';')[0];

    [GeneratedRegex("name=\"form_token\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();

    [GeneratedRegex(@"https://\S+")]
    private static partial Regex MailLink();
}
