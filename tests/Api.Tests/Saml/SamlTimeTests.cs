using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansIdentity.Api.Tests.Product;
using OrleansIdentity.Api.Tests.SignIn;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Api.Tests.Saml;

/// <summary>What time and a restart do to sign-in by SAML.</summary>
public sealed class SamlTimeTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("orleansidentity-saml-").FullName;
    private readonly ShiftedTime _time = new();
    private readonly string _url = $"http://127.0.0.1:{LoopbackPorts.Free()}";

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Response_UsedBeforeARestart_IsWorthNothingAfterIt()
    {
        string response;
        SamlOrg org;
        Browser browser;
        await using (var product = await StartAsync())
        {
            org = await SamlOrg.CreateAsync(product, oktaIdAttribute: null, emailAttribute: SamlOrg.Email);
            await org.InvitedAsync("ann@x.test");
            await org.SetPolicyAsync(idpInitiated: true);
            response = await org.RespondAsync("samlp-respond", null, "00u1", email: "ann@x.test");
            browser = new Browser(org.Tenant);
            Assert.Equal(303, (int)(await SamlOrg.PostAsync(browser, response, null)).StatusCode);
        }

        await using (await StartAsync())
        {
            using var thief = new Browser(org.Tenant);
            var answer = await SamlOrg.PostAsync(thief, response, null);
            Assert.Equal(400, (int)answer.StatusCode);
            Assert.Contains("saml-replayed", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);

            // Who came in before is in still.
            Assert.Equal(200, (int)(await browser.SendAsync("GET", "/api/v1/me")).StatusCode);
        }

        browser.Dispose();
        org.Dispose();
    }

    [Fact]
    public async Task SignIn_AfterTheCertificatesLastDayOrTooLongAfterItsBeginning_IsRefused()
    {
        await using var product = await StartAsync();
        using var org = await SamlOrg.CreateAsync(product, certificateLasts: TimeSpan.FromHours(1));
        await org.InvitedAsync("ann@x.test");
        using var browser = new Browser(org.Tenant);
        var (query, request) = await org.StartAsync(browser);
        _time.Shift = TimeSpan.FromMinutes(16);
        var late = await org.RespondAsync("samlify-respond", request, "ann@x.test", now: _time.GetUtcNow());
        Assert.Equal((400, "saml-in-response-to"), await org.RefusedAsync(await SamlOrg.PostAsync(browser, late, query.Values["RelayState"])));

        _time.Shift = TimeSpan.FromHours(2);
        (query, request) = await org.StartAsync(browser);
        var expired = await org.RespondAsync("samlify-respond", request, "ann@x.test", now: _time.GetUtcNow());
        Assert.Equal((403, "saml-certificate-expired"), await org.RefusedAsync(await SamlOrg.PostAsync(browser, expired, query.Values["RelayState"])));
    }

    private Task<RunningProduct> StartAsync() => RunningProduct.StartAsync(
        _data, builder => builder.Services.UseClock(_time), "--urls", _url, "--SignIn:HashIterations", "10000");
}
