using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using OrleansIdentity.Saml.Requests;
using OrleansIdentity.Saml.Tests.Support;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Saml.Tests.Requests;

/// <summary>What we ask for, and how it is carried.</summary>
public sealed class AuthnRequestTests
{
    private const string SingleSignOn = "https://idp.example.com/sso/saml";
    private static readonly SamlSigningKey Key = new(TestKey.Other.Key, TestKey.Other.Certificate);

    [Fact]
    public void Url_Plain_SaysWhoAsksAndWhereToAnswer()
    {
        var request = AuthnRequest.Create(Tenant.Sp, SingleSignOn, Tenant.Now);

        var root = Doc.Parse(Inflate(Query.Of(RedirectBinding.Url(request)).Values["SAMLRequest"])).DocumentElement!;

        Assert.Equal("AuthnRequest", root.LocalName);
        Assert.Equal(request.Pending.Id, root.GetAttribute("ID"));
        Assert.Equal("2.0", root.GetAttribute("Version"));
        Assert.Equal("2026-03-01T12:00:00.000Z", root.GetAttribute("IssueInstant"));
        Assert.Equal(SingleSignOn, root.GetAttribute("Destination"));
        Assert.Equal(SamlNames.PostBinding, root.GetAttribute("ProtocolBinding"));
        Assert.Equal(Tenant.Sp.AssertionConsumerService, root.GetAttribute("AssertionConsumerServiceURL"));
        Assert.Equal(Tenant.Sp.EntityId, Doc.Find(root, "Issuer").InnerText);
        Assert.False(root.HasAttribute("ForceAuthn"));
        Assert.Single(root.ChildNodes);
    }

    [Fact]
    public void Url_WithOptions_AsksForThemAndRemembersThem()
    {
        var request = AuthnRequest.Create(Tenant.Sp, SingleSignOn, Tenant.Now, new AuthnRequestOptions
        {
            ForceAuthn = true, AuthnContexts = ["urn:a", "urn:b"], NameIdFormat = SamlNames.PersistentNameId,
        });

        var root = Doc.Parse(Inflate(Query.Of(RedirectBinding.Url(request)).Values["SAMLRequest"])).DocumentElement!;

        Assert.Equal("true", root.GetAttribute("ForceAuthn"));
        Assert.Equal(SamlNames.PersistentNameId, Doc.Find(root, "NameIDPolicy").GetAttribute("Format"));
        Assert.Equal("exact", Doc.Find(root, "RequestedAuthnContext").GetAttribute("Comparison"));
        Assert.Equal("urn:aurn:b", Doc.Find(root, "RequestedAuthnContext").InnerText);
        Assert.True(request.Pending.ForceAuthn);
        Assert.Equal(["urn:a", "urn:b"], request.Pending.AuthnContexts);
        Assert.Equal(Tenant.Now, request.Pending.IssuedAt);
    }

    // Core §1.3.4: the chance of two equal ids is at most 2^-128; and an XML ID begins with no digit.
    [Fact]
    public void Create_Ids_AreLongAndDifferent()
    {
        var ids = Enumerable.Range(0, 1_000).Select(_ => AuthnRequest.Create(Tenant.Sp, SingleSignOn, Tenant.Now).Pending.Id).ToList();

        Assert.Equal(1_000, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^_[0-9a-f]{40}$", id));
    }

    // Bindings §3.4.4.1.
    [Theory]
    [InlineData(null)]
    [InlineData("a key & more")]
    public void Url_Signed_SignsTheQueryAsSent(string? relayState)
    {
        var query = Query.Of(RedirectBinding.Url(AuthnRequest.Create(Tenant.Sp, SingleSignOn, Tenant.Now), relayState, Key));

        Assert.Equal("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", query.Values["SigAlg"]);
        Assert.Equal(relayState, query.Values.GetValueOrDefault("RelayState"));
        Assert.True(TestKey.Other.Key.VerifyData(
            Encoding.ASCII.GetBytes(query.Signed), Convert.FromBase64String(query.Values["Signature"]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    [Fact]
    public void Url_DestinationWithAQuery_IsContinued() =>
        Assert.StartsWith("https://idp.example.com/sso?app=1&SAMLRequest=", RedirectBinding.Url(AuthnRequest.Create(Tenant.Sp, "https://idp.example.com/sso?app=1", Tenant.Now)));

    // Core §3.2.1: the signature comes right behind the issuer.
    [Fact]
    public void Form_Signed_HasTheSignatureInItsPlace()
    {
        var form = PostBinding.Form(AuthnRequest.Create(Tenant.Sp, SingleSignOn, Tenant.Now, new AuthnRequestOptions { AuthnContexts = ["urn:a"] }), "state", Key);
        var root = Doc.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(form.SamlRequest))).DocumentElement!;

        Assert.Equal((SingleSignOn, "state"), (form.Action, form.RelayState));
        Assert.Equal(["Issuer", "Signature", "RequestedAuthnContext"], root.ChildNodes.Cast<System.Xml.XmlNode>().Select(node => node.LocalName));
    }

    [Fact]
    public void Form_TextsThatMeanSomethingInXml_AreEscaped()
    {
        var sp = Tenant.Sp with { EntityId = "urn:<a>&\"" };

        var root = Doc.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(PostBinding.Form(AuthnRequest.Create(sp, SingleSignOn, Tenant.Now), key: Key).SamlRequest)));

        Assert.Equal(sp.EntityId, Doc.Find(root, "Issuer").InnerText);
    }

    [Fact]
    public void RelayState_LongerThan80Bytes_Throws()
    {
        var request = AuthnRequest.Create(Tenant.Sp, SingleSignOn, Tenant.Now);

        Assert.Throws<ArgumentException>(() => RedirectBinding.Url(request, new string('é', 41)));
        Assert.Throws<ArgumentException>(() => PostBinding.Form(request, new string('x', 81)));
        Assert.NotNull(PostBinding.Form(request, new string('é', 40)));
    }

    [Fact]
    public void SigningKey_AsText_HasNoKey() => Assert.Equal("SamlSigningKey " + Key.Certificate.Thumbprint, Key.ToString());

    private static string Inflate(string base64)
    {
        using var inflate = new DeflateStream(new MemoryStream(Convert.FromBase64String(base64)), CompressionMode.Decompress);
        return new StreamReader(inflate, Encoding.UTF8).ReadToEnd();
    }
}
