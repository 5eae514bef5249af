using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Settings;
using OrleansIdentity.Api.Tests.SignIn;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Api.Tests.Saml;

[Collection(SignInCollection.Name)]
public sealed class SamlSettingsTests(SignInProduct shared)
{
    [Fact]
    public async Task Saml_FromMetadata_IsShownWithWhatToPasteAndItsCertificatesAndNoKey()
    {
        using var org = await SamlOrg.CreateAsync(shared.Product, isSetUp: false);
        Assert.Equal((409, "saml-not-set-up"), await org.Owner.RefusalAsync("PUT", "/sso", new { method = "saml" }));
        var sso = (await org.Owner.DoAsync("PUT", "/saml", new { metadata = await org.MetadataAsync(), oktaIdAttribute = "oktaId" }))["sso"]!;
        Assert.Equal("none", sso["method"]!.GetValue<string>());
        Assert.Equal((SamlOrg.IdpUrl, "oktaId"), (sso["saml"]!["singleSignOnUrl"]!.GetValue<string>(), sso["saml"]!["oktaIdAttribute"]!.GetValue<string>()));
        Assert.Equal("CN=idp", sso["saml"]!["certificates"]![0]!["subject"]!.GetValue<string>());
        Assert.True(sso["saml"]!["certificates"]![0]!["notAfter"]!.GetValue<DateTimeOffset>() > TimeProvider.System.GetUtcNow());
        Assert.Equal($"{org.Root}/users/auth/saml/acs", sso["samlToPaste"]!["singleSignOnUrl"]!.GetValue<string>());
        using var browser = new Browser(org.Tenant);
        var published = await (await browser.GetAsync(browser.Url("/users/auth/saml/metadata"))).Content.ReadAsStringAsync();
        var read = (await SamlPeerProcess.AskAsync("samlify-read-metadata", TimeProvider.System.GetUtcNow(), new { xml = published })).Succeeded();
        Assert.Equal(($"{org.Root}/users/auth/saml/metadata", $"{org.Root}/users/auth/saml/acs"), (read.Text("entityId"), read.Text("acs")));

        // The same again is no change, and the key that Okta knows stays.
        var certificate = sso["samlToPaste"]!["signatureCertificate"]!.GetValue<string>();
        var again = await org.Owner.DoAsync("PUT", "/saml", new { metadata = await org.MetadataAsync(), oktaIdAttribute = "oktaId" });
        Assert.Equal(certificate, again["sso"]!["samlToPaste"]!["signatureCertificate"]!.GetValue<string>());
        Assert.Single(await org.Tenant.EventsAsync(), one => one["type"]!.GetValue<string>() == "integration.changed");
        Assert.DoesNotContain("PRIVATE", again.ToJsonString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Saml_ThatCannotBeUsed_IsRefusedAndChangesNothing()
    {
        using var org = await SamlOrg.CreateAsync(shared.Product, isSetUp: false);
        using var expired = await SamlOrg.CreateAsync(shared.Product, isSetUp: false, certificateLasts: TimeSpan.FromDays(-1));
        var good = await org.MetadataAsync();
        foreach (var (body, status, id) in new (object, int, string)[]
        {
            (new { }, 400, "saml-not-set-up"),
            (new { metadata = good, metadataUrl = "https://x.example" }, 400, "saml-metadata-twice"),
            (new { metadata = good, oktaIdAttribute = "" }, 400, "saml-attribute-name"),
            (new { metadata = good, oktaId = "x" }, 400, "settings-unknown-member"),
            (new { metadata = "<x/>" }, 422, "saml-metadata-role"),
            (new { metadata = "no" }, 422, "saml-metadata-malformed"),
            (new { metadata = "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>" }, 422, "saml-metadata-malformed"),
            (new { metadata = await expired.MetadataAsync() }, 422, "saml-certificate-expired"),
            (new { metadata = good, logout = new { orgUrl = "https://acme.okta.com/x", appId = "0oa1" } }, 422, "saml-logout-org"),
            (new { metadata = good, logout = new { orgUrl = "http://127.0.0.1:1", appId = "0oa1" } }, 422, "saml-logout-org"),
            (new { metadata = good, logout = new { orgUrl = "https://acme.okta.com", appId = "0oa/1" } }, 422, "saml-logout-app"),

            // The guard: neither this network nor anything but https is asked.
            (new { metadataUrl = "http://acme.okta.com/metadata" }, 422, "saml-metadata-unreachable"),
            (new { metadataUrl = "https://169.254.169.254/latest" }, 422, "saml-metadata-unreachable"),
            (new { metadataUrl = "https://10.0.0.1/metadata" }, 422, "saml-metadata-unreachable"),
            (new { metadataUrl = "file:///etc/passwd" }, 422, "saml-metadata-unreachable"),
            (new { metadataUrl = "http://127.0.0.1:1/nothing" }, 422, "saml-metadata-unreachable"),
        })
        {
            Assert.Equal((status, id), await org.Owner.RefusalAsync("PUT", "/saml", body));
        }

        Assert.Null((await org.Owner.DoAsync("GET", ""))["sso"]!["saml"]);
        Assert.DoesNotContain(await org.Tenant.EventsAsync(), one => one["type"]!.GetValue<string>() == "integration.changed");
    }

    [Fact]
    public async Task Saml_FromAnAddress_IsFetchedOnceWithoutFollowingIt()
    {
        using var org = await SamlOrg.CreateAsync(shared.Product, isSetUp: false);
        using var listener = new HttpListener();
        var url = $"http://127.0.0.1:{LoopbackPorts.Free()}/";
        listener.Prefixes.Add(url);
        listener.Start();
        var xml = await org.MetadataAsync();
        _ = Task.Run(async () =>
        {
            while (listener.IsListening)
            {
                var context = await listener.GetContextAsync();
                if (context.Request.Url!.AbsolutePath == "/moved")
                {
                    context.Response.Redirect($"{url}metadata");
                }
                else
                {
                    await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(xml));
                }

                context.Response.Close();
            }
        });
        Assert.Equal((422, "saml-metadata-unreachable"), await org.Owner.RefusalAsync("PUT", "/saml", new { metadataUrl = $"{url}moved" }));
        var set = await org.Owner.DoAsync("PUT", "/saml", new { metadataUrl = $"{url}metadata" });
        Assert.Equal($"{url}metadata", set["sso"]!["saml"]!["metadataUrl"]!.GetValue<string>());
        listener.Stop();
    }

    [Fact]
    public async Task Certificates_Rotated_TheOneBeforeIsGoodForTheGraceAndCanBeRemoved()
    {
        using var org = await SamlOrg.CreateAsync(shared.Product);
        await org.InvitedAsync("ann@x.test");
        using var key = RSA.Create(2048);
        string Certificate(TimeSpan lasts) => new CertificateRequest("CN=next", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-2), TimeProvider.System.GetUtcNow() + lasts).ExportCertificatePem();
        Assert.Equal((422, "saml-certificate-private-key"), await org.Owner.RefusalAsync("POST", "/saml/certificates", new { certificate = key.ExportPkcs8PrivateKeyPem() }));
        Assert.Equal((422, "saml-certificate-malformed"), await org.Owner.RefusalAsync("POST", "/saml/certificates", new { certificate = "x" }));
        Assert.Equal((422, "saml-certificate-expired"), await org.Owner.RefusalAsync("POST", "/saml/certificates", new { certificate = Certificate(TimeSpan.FromDays(-1)) }));
        Assert.Equal((400, "saml-grace-invalid"), await org.Owner.RefusalAsync("POST", "/saml/certificates", new { certificate = Certificate(TimeSpan.FromDays(9)), graceHours = 1000 }));
        var rotated = (await org.Owner.DoAsync("POST", "/saml/certificates", new { certificate = Certificate(TimeSpan.FromDays(9)), graceHours = 24 }))["sso"]!["saml"]!["certificates"]!.AsArray();
        Assert.Equal((2, "CN=next"), (rotated.Count, rotated[1]!["subject"]!.GetValue<string>()));
        Assert.NotNull(rotated[0]!["trustedUntil"]);
        Assert.Equal((409, "saml-certificate-too-many"), await org.Owner.RefusalAsync("POST", "/saml/certificates", new { certificate = Certificate(TimeSpan.FromDays(8)) }));

        // Signed by the one before: good still, and no more when it is removed.
        using var browser = new Browser(org.Tenant);
        Assert.Equal(303, (int)(await SignInAsync(org, browser)).StatusCode);
        await org.Owner.DoAsync("DELETE", $"/saml/certificates/{rotated[0]!["thumbprint"]!.GetValue<string>()}");
        Assert.Equal((403, "saml-signature-invalid"), await org.RefusedAsync(await SignInAsync(org, browser)));
        Assert.Equal((409, "saml-certificate-last"), await org.Owner.RefusalAsync("DELETE", $"/saml/certificates/{rotated[1]!["thumbprint"]!.GetValue<string>()}"));
        Assert.Equal((404, "saml-certificate-unknown"), await org.Owner.RefusalAsync("DELETE", "/saml/certificates/00"));
    }

    // rules.md, rules 2 to 4.
    [Theory]
    [InlineData("hr")]
    [InlineData("viewer")]
    public async Task Saml_ByAnotherRoleOrTenant_IsRefused(string role)
    {
        using var org = await SamlOrg.CreateAsync(shared.Product);
        using var client = await SettingsClient.CreateAsync(org.Tenant, role);
        using var elsewhere = await SamlOrg.CreateAsync(shared.Product, isSetUp: false);
        var token = await elsewhere.Owner.Person.SignInAsync();
        foreach (var (method, path) in new[] { ("PUT", "/saml"), ("POST", "/saml/certificates"), ("DELETE", "/saml/certificates/00") })
        {
            Assert.Equal(403, (await client.RefusalAsync(method, path, new JsonObject())).Status);
            Assert.Equal(401, (int)(await org.Owner.Person.SendAsync(method, SettingsClient.Root + path, token)).StatusCode);
        }
    }

    private static async Task<HttpResponseMessage> SignInAsync(SamlOrg org, Browser browser)
    {
        var (query, request) = await org.StartAsync(browser);
        return await SamlOrg.PostAsync(browser, await org.RespondAsync("samlify-respond", request, "ann@x.test"), query.Values["RelayState"]);
    }
}
