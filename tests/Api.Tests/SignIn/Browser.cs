using System.Net;
using System.Text.RegularExpressions;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.SignIn;

/// <summary>
/// A browser as far as protocols go: keeps cookies by host and port, Secure ones over plain http too (as browsers do on loopback), follows redirects when told, sends forms.
/// </summary>
public sealed partial class Browser : IDisposable
{
    private const int MaxHops = 20;

    private static int _browsers;

    private readonly HttpClient _http = new(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false });
    private readonly Dictionary<(string Authority, string Name), string> _cookies = [];
    private readonly TestTenant _tenant;
    private readonly string _login;

    public Browser(TestTenant tenant, string login = "")
    {
        (_tenant, _login) = (tenant, login);
        var number = Interlocked.Increment(ref _browsers);
        _http.DefaultRequestHeaders.Add("User-Agent", "Browser/1");
        _http.DefaultRequestHeaders.Add(ChosenAddress.Header, $"10.2.{number / 250}.{number % 250}");
    }

    /// <summary>The addresses of the last <see cref="FollowAsync"/>.</summary>
    public List<Uri> Visited { get; } = [];

    public Uri Url(string path) => new(_tenant.Product.BaseUrl, $"/t/{_tenant.Slug}{path}");

    /// <summary>The names of the cookies that the product has set.</summary>
    public IEnumerable<string> CookieNames => _cookies.Keys.Where(key => key.Authority == _tenant.Product.BaseUrl.Authority).Select(key => key.Name);

    public void Forget(Func<string, bool> name)
    {
        foreach (var key in _cookies.Keys.Where(key => name(key.Name)).ToArray())
        {
            _cookies.Remove(key);
        }
    }

    /// <summary>Signs in by password, with the form.</summary>
    public async Task SignInAsync(string password = Person.Password) =>
        Assert.Equal(303, (int)(await SubmitAsync(await GetAsync(Url("/users/sign_in")), ("login", _login), ("password", password))).StatusCode);

    public Task<HttpResponseMessage> GetAsync(Uri url) => SendAsync(new HttpRequestMessage(HttpMethod.Get, url));

    public Task<HttpResponseMessage> SendAsync(string method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), Url(path)) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return SendAsync(request);
    }

    /// <summary>Loads an address and goes wherever it leads, until an answer is no redirect or <paramref name="stop"/> says so.</summary>
    public async Task<HttpResponseMessage> FollowAsync(HttpResponseMessage answer, Func<Uri, bool>? stop = null)
    {
        Visited.Clear();
        for (var hop = 0; hop < MaxHops; hop++)
        {
            if ((int)answer.StatusCode is not (301 or 302 or 303 or 307) || answer.Headers.Location is not { } location)
            {
                return answer;
            }

            var next = new Uri(answer.RequestMessage!.RequestUri!, location);
            Visited.Add(next);
            if (stop?.Invoke(next) == true)
            {
                return answer;
            }

            answer = await GetAsync(next);
        }

        throw new InvalidOperationException($"More than {MaxHops} redirects: {string.Join(" → ", Visited)}");
    }

    /// <summary>Sends the first form of a page, with its own hidden fields and these.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(HttpResponseMessage page, params (string Name, string Value)[] fields)
    {
        var html = await page.Content.ReadAsStringAsync();
        var action = WebUtility.HtmlDecode(FormAction().Match(html).Groups[1].Value);
        var hidden = HiddenField().Matches(html).Select(field => (Name: field.Groups[1].Value, Value: WebUtility.HtmlDecode(field.Groups[2].Value)));
        var all = hidden.Where(field => fields.All(own => own.Name != field.Name)).Concat(fields.Select(field => (field.Name, field.Value)));
        var url = new Uri(page.RequestMessage!.RequestUri!, action);
        return await SendAsync(new HttpRequestMessage(HttpMethod.Post, url) { Content = new FormUrlEncodedContent(all.Select(field => KeyValuePair.Create(field.Name, field.Value))) });
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        var authority = request.RequestUri!.Authority;
        var cookies = string.Join("; ", _cookies.Where(cookie => cookie.Key.Authority == authority).Select(cookie => $"{cookie.Key.Name}={cookie.Value}"));
        if (cookies.Length > 0)
        {
            request.Headers.Add("Cookie", cookies);
        }

        var answer = await _http.SendAsync(request);
        foreach (var set in answer.Headers.TryGetValues("Set-Cookie", out var all) ? all : [])
        {
            var (name, value) = set.Split(';')[0].Split('=', 2) is [var left, var right] ? (left, right) : (set, "");
            if (value.Length == 0 || set.Contains("expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase))
            {
                _cookies.Remove((authority, name));
            }
            else
            {
                _cookies[(authority, name)] = value;
            }
        }

        return answer;
    }

    [GeneratedRegex("<form[^>]*action=\"([^\"]*)\"")]
    private static partial Regex FormAction();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenField();
}
