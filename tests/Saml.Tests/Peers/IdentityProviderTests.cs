using OrleansIdentity.Saml.Metadata;
using OrleansIdentity.Saml.Parties;
using OrleansIdentity.Saml.Requests;
using OrleansIdentity.Saml.Tests.Support;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Saml.Tests.Peers;

/// <summary>Identity providers of other makes: we accept what they sign, and they understand what we ask.</summary>
public sealed class IdentityProviderTests
{
    private const string SingleSignOn = "https://idp.example.com/sso/saml";

    private static readonly SamlSigningKey SigningKey = new(TestKey.Other.Key, TestKey.Other.Certificate);

    private static readonly object Idp = new { entityId = Tenant.IdpEntityId, certificates = new[] { TestKey.Idp.Certificate.Base64 }, url = SingleSignOn };

    [Theory]
    [InlineData("samlify-respond", SignedParts.Assertion)]
    [InlineData("samlify-respond", SignedParts.Response)]
    [InlineData("samlify-respond", SignedParts.Both)]
    [InlineData("samlp-respond", SignedParts.Assertion)]
    [InlineData("samlp-respond", SignedParts.Response)]
    [InlineData("samlp-respond", SignedParts.Both)]
    public async Task Validate_ResponseOfAnotherMake_IsAccepted(string peer, SignedParts signed)
    {
        var answer = (await SamlPeer.AskAsync(peer, Tenant.Now, new
        {
            sp = SamlPeer.Sp(Tenant.Sp),
            idp = Idp,
            key = TestKey.Idp.PrivatePem,
            signed = signed.ToString().ToLowerInvariant(),
            request = new { id = Tenant.Request.Id },
            nameId = Tenant.User,
        })).Succeeded();

        var response = new SamlCase(answer.Text("response")!) { Policy = new SamlPolicy { Signed = signed } };
        var identity = await Judge.AcceptsAsync(response);

        Assert.Equal(Tenant.User, identity.NameId.Value);
        Assert.Equal(Tenant.Request.Id, identity.InResponseTo);
        Assert.Equal(Tenant.Request.Id, identity.SessionIndex);
        Assert.NotEmpty(identity.Attributes);
        Assert.False((response with { Certificates = TestKey.Trusting(TestKey.Other) }).Validate().TryGet(out _, out var refusal));
        Assert.Equal("saml-signature-invalid", refusal.Id);
    }

    [Theory]
    [InlineData("redirect", true)]
    [InlineData("redirect", false)]
    [InlineData("post", true)]
    [InlineData("post", false)]
    public async Task Request_ReadBySamlify_IsUnderstood(string binding, bool signed)
    {
        var request = AuthnRequest.Create(Tenant.Sp, SingleSignOn, Tenant.Now);

        var read = (await AskAsync("samlify-read-request", request, binding, signed)).Succeeded();

        Assert.Equal(request.Pending.Id, read.Text("id"));
        Assert.Equal(Tenant.Sp.AssertionConsumerService, read.Text("acs"));
        Assert.Equal(SingleSignOn, read.Text("destination"));
        Assert.Equal(Tenant.Sp.EntityId, read.Text("issuer"));
    }

    [Theory]
    [InlineData("redirect", true)]
    [InlineData("redirect", false)]
    [InlineData("post", true)]
    [InlineData("post", false)]
    public async Task Request_ReadBySamlp_IsUnderstood(string binding, bool signed)
    {
        var request = AuthnRequest.Create(Tenant.Sp, SingleSignOn, Tenant.Now, new AuthnRequestOptions
        {
            ForceAuthn = true,
            AuthnContexts = [Tenant.Password],
            NameIdFormat = SamlNames.PersistentNameId,
        });

        var read = (await AskAsync("samlp-read-request", request, binding, signed)).Succeeded();

        Assert.Equal(request.Pending.Id, read.Text("id"));
        Assert.Equal(Tenant.Sp.AssertionConsumerService, read.Text("acs"));
        Assert.Equal(SingleSignOn, read.Text("destination"));
        Assert.Equal(Tenant.Sp.EntityId, read.Text("issuer"));
        Assert.Equal("true", read.Text("forceAuthn"));
        Assert.Equal(Tenant.Password, read.Text("context"));
    }

    // That they verify at all: with another certificate they refuse.
    [Theory]
    [InlineData("samlify-read-request", "redirect")]
    [InlineData("samlify-read-request", "post")]
    [InlineData("samlp-read-request", "redirect")]
    [InlineData("samlp-read-request", "post")]
    public async Task Request_ReadWithAnotherCertificate_IsRefused(string peer, string binding)
    {
        var request = AuthnRequest.Create(Tenant.Sp, SingleSignOn, Tenant.Now);

        Assert.False((await AskAsync(peer, request, binding, signed: true, TestKey.Idp)).Ok);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Metadata_ReadBySamlify_IsUnderstood(bool signed)
    {
        var xml = ServiceProviderMetadata.ToXml(Tenant.Sp, signed ? [TestKey.Other.Certificate] : [], [SamlNames.PersistentNameId, SamlNames.EmailNameId]);

        var read = (await SamlPeer.AskAsync("samlify-read-metadata", Tenant.Now, new { xml })).Succeeded();

        Assert.Equal(Tenant.Sp.EntityId, read.Text("entityId"));
        Assert.Equal(Tenant.Sp.AssertionConsumerService, read.Text("acs"));
        Assert.Equal(signed ? TestKey.Other.Certificate.Base64 : null, read.Text("certificate"));
        Assert.True(read.Json.GetProperty("assertionsSigned").GetBoolean());
        Assert.Equal(signed, read.Json.GetProperty("requestsSigned").GetBoolean());
    }

    [Fact]
    public async Task Import_MetadataOfSamlify_IsUnderstood()
    {
        var answer = (await SamlPeer.AskAsync("samlify-idp-metadata", Tenant.Now, new { idp = Idp })).Succeeded();

        Assert.True(IdentityProviderMetadata.Import(answer.Text("xml")!, Tenant.Now).TryGet(out var metadata, out var refusal), refusal?.Detail);
        Assert.Equal(Tenant.IdpEntityId, metadata.EntityId);
        Assert.Equal(SingleSignOn, metadata.RedirectUrl);
        Assert.Equal(SingleSignOn, metadata.PostUrl);
        Assert.Equal([TestKey.Idp.Certificate.Thumbprint], metadata.Certificates.All.Select(trusted => trusted.Certificate.Thumbprint));
        Assert.True(metadata.WantsSignedRequests);
    }

    private static Task<PeerAnswer> AskAsync(string peer, AuthnRequest request, string binding, bool signed, TestKey? certificate = null)
    {
        const string RelayState = "a key & more";
        var key = signed ? SigningKey : null;
        var shown = signed ? (certificate ?? TestKey.Other).Certificate.Base64 : null;
        if (binding == "post")
        {
            var form = PostBinding.Form(request, RelayState, key);
            return SamlPeer.AskAsync(peer, Tenant.Now, new
            {
                sp = SamlPeer.Sp(Tenant.Sp), idp = Idp, binding, signed, certificate = shown, body = new { SAMLRequest = form.SamlRequest, form.RelayState },
            });
        }

        var query = Query.Of(RedirectBinding.Url(request, RelayState, key));
        return SamlPeer.AskAsync(peer, Tenant.Now, new
        {
            sp = SamlPeer.Sp(Tenant.Sp), idp = Idp, binding, signed, certificate = shown, query = query.Values, octets = query.Signed, relayState = RelayState,
        });
    }
}
