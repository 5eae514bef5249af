using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OrleansIdentity.Okta.Credentials;
using OrleansIdentity.Okta.Outbound;
using OrleansIdentity.Okta.Results;
using OrleansIdentity.Okta.Tests.Support;
using OrleansIdentity.OktaSimulator.Management.Faults;

namespace OrleansIdentity.Okta.Tests.Outbound;

/// <summary>Addresses that a tenant names lead to the public internet or nowhere, and what answers there cannot hold this server up.</summary>
public class OutboundGuardTests
{
    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("100.128.0.1", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:169.254.169.254", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:a00:1::", false)]
    [InlineData("2001:0:1::", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fd00:ec2::254", false)]
    [InlineData("fe80::1", false)]
    [InlineData("ff02::1", false)]
    public void IsPublic_Address_IsJudged(string address, bool expected) => Assert.Equal(expected, PublicAddress.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://acme.okta.com", null)]
    [InlineData("https://acme.okta.com/admin/dashboard", null)]
    [InlineData("http://acme.okta.com", "url-not-https")]
    [InlineData("file:///etc/passwd", "url-invalid")]
    [InlineData("ftp://acme.okta.com", "url-not-https")]
    [InlineData("https://10.0.0.1", "url-not-public")]
    [InlineData("https://2130706433", "url-not-public")]
    [InlineData("https://0x7f.1", "url-not-public")]
    [InlineData("https://[::1]", "url-not-public")]
    [InlineData("https://localhost", "url-not-public")]
    [InlineData("https://metadata", "url-not-public")]
    [InlineData("https://user:pass@acme.okta.com", "url-invalid")]
    [InlineData("https://acme.okta.com#x", "url-invalid")]
    [InlineData("acme.okta.com", "url-invalid")]
    [InlineData("https://acme-admin.okta.com", "org-url-is-console")]
    [InlineData("", "url-invalid")]
    public void Parse_OrgUrl_IsJudged(string text, string? refused)
    {
        var result = OktaOrgUrl.Parse(text, allowLoopback: false);
        Assert.Equal(refused, result.Failure is OktaFailure.Refused { Error.Id: var id } ? id : null);
    }

    [Fact]
    public void Parse_Loopback_OnlyWhereAllowed()
    {
        Assert.Equal("http://127.0.0.1:5090", Harness.Parse(OktaOrgUrl.Parse("http://127.0.0.1:5090/", allowLoopback: true)).ToString());
        Assert.Equal("url-not-https", OktaOrgUrl.Parse("http://10.0.0.1/", allowLoopback: true).RefusedId());
        Assert.Equal("url-not-public", OktaOrgUrl.Parse("https://10.0.0.1/", allowLoopback: true).RefusedId());
    }

    public static TheoryData<string> PrivateAnswers => ["10.0.0.1", "169.254.169.254", "127.0.0.1", "::ffff:10.0.0.1", "8.8.8.8 10.0.0.1"];

    // One address that is not public condemns the name, wherever it stands among the others.
    [Theory]
    [MemberData(nameof(PrivateAnswers))]
    public async Task GetApp_NameLeadsToAPrivateAddress_IsNotCalled(string addresses)
    {
        var names = new StubNames([.. addresses.Split(' ').Select(IPAddress.Parse)]);
        await using var services = Harness.Services(TimeProvider.System, options => options.AllowLoopback = false, names);
        using var client = services.GetRequiredService<OktaClients>().Open(new(
            "acme", Harness.Parse(OktaOrgUrl.Parse("https://acme.okta.com", false)), Harness.Parse(OktaCredential.ApiToken.Parse("00token"))));

        Assert.Equal("okta-address-refused", (await client.GetAppAsync("0oa1")).UnreachableId());
        Assert.Equal(1, names.Asked);
    }

    // DNS rebinding: the name is asked once, and the connection goes to the address that was checked, not to what the name says later.
    [Fact]
    public async Task GetApp_NameChangesItsMind_GoesWhereItWasChecked()
    {
        var names = new StubNames([IPAddress.Loopback], [IPAddress.Parse("10.0.0.1")]);
        await using var harness = await Harness.StartAsync(names: names);
        var org = Harness.Parse(OktaOrgUrl.Parse($"http://localhost:{harness.Org.Url.Port}", allowLoopback: true));
        using var client = harness.Get<OktaClients>().Open(new("acme", org, Harness.Parse(OktaCredential.ApiToken.Parse(harness.ApiToken))));

        Assert.Equal(harness.App.Id, Harness.Parse(await client.GetAppAsync(harness.App.Id)).Id);
        Assert.Equal(1, names.Asked);
    }

    [Fact]
    public async Task GetApp_EndlessBody_IsGivenUp()
    {
        await using var harness = await Harness.StartAsync(options: options => options.MaxResponseBytes = 100_000);
        harness.Org.Faults.Add(new Fault(FaultKind.EndlessBody));

        Assert.Equal("okta-answer-too-large", (await harness.Client.GetAppAsync(harness.App.Id)).UnreachableId());
        Assert.Single(harness.Org.Requests.All);
    }

    // A small body that unpacks to a large one.
    [Fact]
    public async Task GetApp_CompressedBody_IsMeasuredUnpacked()
    {
        await using var bomb = await Listener.StartAsync(async http =>
        {
            http.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new System.IO.Compression.GZipStream(http.Response.Body, System.IO.Compression.CompressionLevel.Fastest);
            await gzip.WriteAsync(new byte[1_000_000]);
        });
        await using var harness = await Harness.StartAsync(options: options => options.MaxResponseBytes = 100_000);
        var org = Harness.Parse(OktaOrgUrl.Parse(bomb.Url.AbsoluteUri, allowLoopback: true));
        using var client = harness.Get<OktaClients>().Open(new("acme", org, Harness.Parse(OktaCredential.ApiToken.Parse(harness.ApiToken))));

        Assert.Equal("okta-answer-too-large", (await client.GetAppAsync("0oa1")).UnreachableId());
    }

    // Nothing at all, or a body that begins and does not go on: the time-out covers both, and each attempt has its own.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GetApp_NoEndInSight_TimesOut(bool beginsBody)
    {
        await using var harness = await Harness.StartAsync();
        await using var mute = await Listener.StartAsync(async http =>
        {
            var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            http.RequestAborted.Register(gone.SetResult);
            if (beginsBody)
            {
                await http.Response.Body.WriteAsync("{"u8.ToArray());
                await http.Response.Body.FlushAsync();
            }

            harness.Time.Pass(SkippingTime.AttemptTimeout);
            await gone.Task;
        });
        var org = Harness.Parse(OktaOrgUrl.Parse(mute.Url.AbsoluteUri, allowLoopback: true));
        using var client = harness.Get<OktaClients>().Open(new("acme", org, Harness.Parse(OktaCredential.ApiToken.Parse(harness.ApiToken))));

        Assert.Equal("okta-timed-out", (await client.GetAppAsync("0oa1")).UnreachableId());
        Assert.Equal(3, mute.Visits.Count);
    }

    [Fact]
    public async Task GetApp_NobodyListens_IsUnreachable()
    {
        await using var harness = await Harness.StartAsync();
        var gone = await Listener.StartAsync();
        var org = Harness.Parse(OktaOrgUrl.Parse(gone.Url.AbsoluteUri, allowLoopback: true));
        await gone.DisposeAsync();
        using var client = harness.Get<OktaClients>().Open(new("acme", org, Harness.Parse(OktaCredential.ApiToken.Parse(harness.ApiToken))));

        Assert.Equal("okta-connect-failed", (await client.GetAppAsync("0oa1")).UnreachableId());
    }

    [Fact]
    public async Task GetApp_CallerGivesUp_ThrowsAndNothingElse()
    {
        await using var harness = await Harness.StartAsync();
        harness.Org.Faults.Add(new Fault(FaultKind.Silence));
        using var end = new CancellationTokenSource();

        var call = harness.Client.GetAppAsync(harness.App.Id, end.Token);
        await end.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }
}
