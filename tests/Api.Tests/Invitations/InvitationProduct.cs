using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MimeKit;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Invitations;

/// <summary>A product whose clock can be put forward, and whose mails are files.</summary>
public sealed partial class InvitationProduct : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("orleansidentity-invitations-").FullName;

    private TestTenant _canaries = null!;

    public ShiftedTime Time { get; } = new();

    public RunningProduct Product { get; private set; } = null!;

    public HttpClient Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Product = await RunningProduct.StartAsync(
            _data, builder => builder.Services.UseClock(Time),
            "--SignIn:HashIterations", "10000", "--Tenancy:PublicUrl", $"https://{{tenant}}.id.example.test");
        Browser = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Product.BaseUrl };
        _canaries = await TestTenant.CreateAsync(Product);
        await SetPolicyAsync(_canaries, automatic: true);
    }

    public async Task DisposeAsync()
    {
        Browser.Dispose();
        _canaries.Dispose();
        await Product.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    public static async Task SetPolicyAsync(TestTenant tenant, bool automatic, string? hireDateField = null)
    {
        var answer = await tenant.Product.Operator.PutAsJsonAsync(
            $"/operator/v1/tenants/{tenant.Slug}/settings", new { ignoreUnknownMembers = false, invitations = new { automatic, hireDateField } });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The mails to an address so far, in the order in which they went out.</summary>
    public MimeMessage[] Mails(string address) => !Directory.Exists(Path.Combine(_data, "mail")) ? [] :
    [
        .. Directory.GetFiles(Path.Combine(_data, "mail"), "*.eml").OrderBy(File.GetLastWriteTimeUtc).Select(file => MimeMessage.Load(file))
            .Where(mail => mail.To.Mailboxes.Any(to => to.Address == address)),
    ];

    /// <summary>The link in the last of so many mails to an address.</summary>
    public async Task<string> LinkAsync(string address, int count = 1)
    {
        while (Mails(address).Length < count)
        {
            await Task.Yield();
        }

        return new Uri(Link().Match(Assert.Single(Mails(address)[(count - 1)..]).TextBody!).Value).AbsolutePath;
    }

    /// <summary>
    /// Completes when everything that was due when it was called has been looked at: what is due is handed out in order, and what is handed out later is
    /// looked at when all before it is done.
    /// </summary>
    public async Task SettleAsync()
    {
        for (var wave = 0; wave < 2; wave++)
        {
            var address = $"{Guid.CreateVersion7():n}@canary.test";
            await _canaries.Scim.CreateAsync(address);
            await LinkAsync(address);
        }
    }

    public async Task<int> OpenAsync(string slug, string link) => (int)(await Browser.GetAsync($"/t/{slug}{link}")).StatusCode;

    /// <summary>Sets a password with a link.</summary>
    public async Task<int> AcceptAsync(string slug, string link)
    {
        var page = await Browser.GetAsync($"/t/{slug}{link}");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/t/{slug}{link}")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["form_token"] = FormToken().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value, ["password"] = "seven purple bicycles",
            }),
        };
        request.Headers.Add("Cookie", page.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("__Host-form", StringComparison.Ordinal)).Split(';')[0]);
        return (int)(await Browser.SendAsync(request)).StatusCode;
    }

    [GeneratedRegex("name=\"form_token\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();

    [GeneratedRegex(@"https://\S+")]
    private static partial Regex Link();
}
