using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Product;
using OrleansIdentity.Api.Tests.Settings;
using OrleansIdentity.Api.Tests.SignIn;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Api.Tests.Saml;

/// <summary>A tenant whose people sign in by SAML, and its identity provider: samlify's or samlp's.</summary>
internal sealed class SamlOrg : IDisposable
{
    public const string IdpUrl = "https://idp.example.com/sso/saml";
    public const string Email = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress";

    private readonly RSA _key = RSA.Create(2048);
    private readonly object _idp;

    private SamlOrg(TestTenant tenant, SettingsClient owner, string entityId, TimeSpan certificateLasts)
    {
        (Tenant, Owner) = (tenant, owner);
        var request = new CertificateRequest("CN=idp", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddYears(-5), TimeProvider.System.GetUtcNow() + certificateLasts);
        Certificate = Convert.ToBase64String(certificate.RawData);
        _idp = new { entityId, certificates = new[] { Certificate }, url = IdpUrl };
    }

    public TestTenant Tenant { get; }

    public SettingsClient Owner { get; }

    public string Certificate { get; }

    public string Root => $"{Tenant.Product.BaseUrl.ToString().TrimEnd('/')}/t/{Tenant.Slug}";

    public object Sp => new { entityId = $"{Root}/users/auth/saml/metadata", acs = $"{Root}/users/auth/saml/acs" };

    /// <summary>A tenant, whether or not it has been set up.</summary>
    public static async Task<SamlOrg> CreateAsync(RunningProduct product, bool isSetUp = true, string? oktaIdAttribute = "oktaId", string? emailAttribute = null, TimeSpan? certificateLasts = null)
    {
        var tenant = await TestTenant.CreateAsync(product);
        var org = new SamlOrg(tenant, await SettingsClient.CreateAsync(tenant), $"http://www.okta.com/{tenant.Slug}", certificateLasts ?? TimeSpan.FromDays(365));
        if (isSetUp)
        {
            await org.Owner.DoAsync("PUT", "/saml", new { metadata = await org.MetadataAsync(), oktaIdAttribute, emailAttribute });
            await org.Owner.DoAsync("PUT", "/sso", new { method = "saml" });
        }

        return org;
    }

    public async Task<string> MetadataAsync() =>
        (await SamlPeerProcess.AskAsync("samlify-idp-metadata", TimeProvider.System.GetUtcNow(), new { idp = _idp })).Succeeded().Text("xml")!;

    /// <summary>A provisioned person whose invitation is out.</summary>
    public async Task<string> InvitedAsync(string address, string? oktaId = "00u1", bool isInvited = true)
    {
        var id = await Tenant.Scim.CreateAsync(address, ("externalId", oktaId), ("emails", new JsonArray(new JsonObject { ["value"] = address, ["primary"] = true })));
        if (isInvited)
        {
            await Tenant.InviteAsync(id);
        }

        return id;
    }

    /// <summary>Begins a sign-in in a browser; what the identity provider is sent.</summary>
    public async Task<(Query Query, string RequestId)> StartAsync(Browser browser, string path = "/users/auth/saml")
    {
        var answer = await browser.GetAsync(browser.Url(path));
        Assert.Equal(303, (int)answer.StatusCode);
        Assert.StartsWith(IdpUrl + "?SAMLRequest=", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        var query = Query.Of(answer.Headers.Location.OriginalString);
        var pem = (await Owner.DoAsync("GET", ""))["sso"]!["samlToPaste"]!["signatureCertificate"]!.GetValue<string>();
        var certificate = string.Concat(pem.Split('\n').Where(line => !line.StartsWith('-')));
        var read = (await SamlPeerProcess.AskAsync("samlify-read-request", TimeProvider.System.GetUtcNow(), new
        {
            sp = Sp, idp = _idp, binding = "redirect", signed = true, certificate, query = query.Values, octets = query.Signed,
        })).Succeeded();
        Assert.Equal((IdpUrl, $"{Root}/users/auth/saml/metadata"), (read.Text("destination"), read.Text("issuer")));
        return (query, read.Text("id")!);
    }

    /// <summary>What the identity provider answers.</summary>
    public async Task<string> RespondAsync(
        string peer, string? requestId, string nameId, string oktaId = "00u1", string? email = null, object? sp = null, object? idp = null,
        DateTimeOffset? now = null, string? context = null, string signed = "assertion", DateTimeOffset? authnInstant = null)
    {
        var question = new JsonObject
        {
            ["key"] = _key.ExportPkcs8PrivateKeyPem(), ["signed"] = signed, ["nameId"] = nameId, ["oktaId"] = oktaId,
            ["sp"] = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(sp ?? Sp)), ["idp"] = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(idp ?? _idp)),
            ["request"] = requestId is null ? new JsonObject() : new JsonObject { ["id"] = requestId },
        };
        if (email is not null)
        {
            question["email"] = email;
        }

        if (context is not null)
        {
            question["context"] = context;
        }

        if (authnInstant is { } at)
        {
            question["authnInstant"] = at.UtcDateTime.ToString("O");
        }

        return (await SamlPeerProcess.AskAsync(peer, now ?? TimeProvider.System.GetUtcNow(), question)).Succeeded().Text("response")!;
    }

    /// <summary>Brings an answer back.</summary>
    public static Task<HttpResponseMessage> PostAsync(Browser browser, string response, string? relayState) => browser.SendAsync(
        "POST", "/users/auth/saml/acs",
        new FormUrlEncodedContent(new Dictionary<string, string> { ["SAMLResponse"] = response, ["RelayState"] = relayState ?? "" }),
        ("Origin", "https://idp.example.com"), ("Sec-Fetch-Site", "cross-site"));

    /// <summary>A whole sign-in that has to be refused: the status, and the reference on the page, which is the reason of the event too.</summary>
    public async Task<(int Status, string Reference)> RefusedAsync(HttpResponseMessage answer)
    {
        var page = await answer.Content.ReadAsStringAsync();
        var reference = System.Text.RegularExpressions.Regex.Match(page, "<code>([^<]+)</code>").Groups[1].Value;
        Assert.Contains(reference, await ReasonsAsync());
        return ((int)answer.StatusCode, reference);
    }

    public async Task<string[]> ReasonsAsync() =>
    [
        .. (await Tenant.EventsAsync()).Where(one => one["type"]!.GetValue<string>() == "sign-in.failed")
            .Select(one => one["changes"]!.AsArray().Single(change => change!["path"]!.GetValue<string>() == "signIn.reason")!["after"]!.GetValue<string>()),
    ];

    public Task SetPolicyAsync(bool idpInitiated = false, bool requireMultiFactor = false, bool ssoOnly = false) =>
        Owner.DoAsync("PUT", "/policy", new { ssoOnly, requireMultiFactor, sessionHours = 168, idpInitiated });

    public void Dispose()
    {
        _key.Dispose();
        Owner.Dispose();
        Tenant.Dispose();
    }
}
