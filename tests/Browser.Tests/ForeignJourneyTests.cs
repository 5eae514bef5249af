using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Web;
using Microsoft.Playwright;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Browser.Tests;

/// <summary>Whole sign-ins, in a real browser, at identity providers that others have written: npm oidc-provider, samlify and samlp.</summary>
[Collection(BrowserCollection.Name)]
public sealed partial class ForeignJourneyTests(BrowserProduct product) : IClassFixture<BrowserProduct>
{
    private const string IdpUrl = "https://idp.example.com/sso/saml";

    [Fact]
    public async Task OpenIdConnect_AtOidcProvider_SignsIn()
    {
        using var provider = await NodePeer.StartAsync(
            "oidc", ("CLIENT_ID", "acme"), ("CLIENT_SECRET", "the-secret"), ("REDIRECT_URI", $"{product.Root}/users/auth/okta/callback"), ("SIGN_OUT_URI", $"{product.Root}/users/sign_in"));
        await product.SetAsync("/sso", new { method = "oidc", oidc = new { issuer = provider.Url, clientId = "acme", clientSecret = "the-secret" } });
        await product.LinkOwnerAsync("00u-owner");

        var (page, _) = await product.OpenAsync();
        await BrowserProduct.GoAsync(page, $"{product.Root}/users/auth/okta?return_to=/users/sign_in");
        await page.FillAsync("input[name=login]", "00u-owner");
        await page.FillAsync("input[name=password]", "any");
        await page.ClickAsync("button[type=submit]");
        await page.ClickAsync("button[type=submit]");
        await BrowserProduct.ShowsAsync(page, "Signed in");
        Assert.StartsWith(product.Root, page.Url, StringComparison.Ordinal);
    }

    // The response comes as a form that another site has the browser post: what the sign-in began with has to come along all the same.
    [Theory]
    [InlineData("samlify-respond")]
    [InlineData("samlp-respond")]
    public async Task Saml_AtAnIdentityProviderOfAnotherMake_SignsIn(string peer)
    {
        using var key = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        var request = new CertificateRequest("CN=idp", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        var idp = new { entityId = "http://www.okta.com/exk1", certificates = new[] { Convert.ToBase64String(certificate.RawData) }, url = IdpUrl };
        var metadata = (await SamlPeerProcess.AskAsync("samlify-idp-metadata", now, new { idp })).Succeeded().Text("xml");
        await product.SetAsync("/saml", new { metadata });
        await product.SetAsync("/sso", new { method = "saml" });
        await product.LinkOwnerAsync(product.OwnerEmail);

        var (page, complaints) = await product.OpenAsync();
        await page.RouteAsync(url => url.StartsWith(IdpUrl, StringComparison.Ordinal), async route =>
        {
            var query = HttpUtility.ParseQueryString(new Uri(route.Request.Url).Query);
            var answer = (await SamlPeerProcess.AskAsync(peer, TimeProvider.System.GetUtcNow(), new JsonObject
            {
                ["key"] = key.ExportPkcs8PrivateKeyPem(), ["signed"] = "assertion", ["nameId"] = product.OwnerEmail,
                ["sp"] = new JsonObject { ["entityId"] = $"{product.Root}/users/auth/saml/metadata", ["acs"] = $"{product.Root}/users/auth/saml/acs" },
                ["idp"] = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(idp)), ["request"] = new JsonObject { ["id"] = RequestId(query["SAMLRequest"]!) },
            })).Succeeded().Text("response");
            await route.FulfillAsync(new RouteFulfillOptions
            {
                ContentType = "text/html",
                Body = $"""
                    <!doctype html><title>idp</title><form method="post" action="{product.Root}/users/auth/saml/acs">
                    <input type="hidden" name="SAMLResponse" value="{answer}"><input type="hidden" name="RelayState" value="{HttpUtility.HtmlAttributeEncode(query["RelayState"])}">
                    </form><script>document.forms[0].submit()</script>
                    """,
            });
        });
        await BrowserProduct.GoAsync(page, $"{product.Root}/users/sign_in?return_to=/users/sign_in");
        await page.Keyboard.PressAsync("Shift+Tab");
        await page.Keyboard.PressAsync("Enter");
        await BrowserProduct.ShowsAsync(page, "Signed in");
        Assert.StartsWith(product.Root, page.Url, StringComparison.Ordinal);
        Assert.Empty(complaints);
    }

    private static string RequestId(string deflated)
    {
        using var inflater = new DeflateStream(new MemoryStream(Convert.FromBase64String(deflated)), CompressionMode.Decompress);
        using var reader = new StreamReader(inflater);
        return Id().Match(reader.ReadToEnd()).Groups[1].Value;
    }

    [GeneratedRegex(" ID=\"([^\"]+)\"")]
    private static partial Regex Id();
}
