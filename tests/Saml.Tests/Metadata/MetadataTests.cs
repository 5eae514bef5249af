using OrleansIdentity.Saml.Metadata;
using OrleansIdentity.Saml.Tests.Support;

namespace OrleansIdentity.Saml.Tests.Metadata;

/// <summary>Metadata as Okta publishes it, and as it must not be.</summary>
public sealed class MetadataTests
{
    private const string Redirect = $"<md:SingleSignOnService Binding=\"{SamlNames.RedirectBinding}\" Location=\"https://acme.okta.com/app/x/sso/saml\"/>";
    private const string Post = $"<md:SingleSignOnService Binding=\"{SamlNames.PostBinding}\" Location=\"https://acme.okta.com/app/x/sso/saml\"/>";

    [Fact]
    public void Import_AsOktaPublishesIt_IsRead()
    {
        Assert.True(IdentityProviderMetadata.Import("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + Document(), Tenant.Now).TryGet(out var metadata, out var refusal), refusal?.Detail);

        Assert.Equal(Tenant.IdpEntityId, metadata.EntityId);
        Assert.Equal("https://acme.okta.com/app/x/sso/saml", metadata.RedirectUrl);
        Assert.Equal("https://acme.okta.com/app/x/sso/saml", metadata.PostUrl);
        Assert.Equal(TestKey.Idp.Certificate.Thumbprint, Assert.Single(metadata.Certificates.All).Certificate.Thumbprint);
        Assert.False(metadata.WantsSignedRequests);
    }

    [Fact]
    public void Import_WithRemarksAndAMark_IsRead() => Assert.True(
        IdentityProviderMetadata.Import("\uFEFF<!-- from Okta --><?x?>" + Document().Replace("<md:KeyDescriptor", "<!-- key --><md:KeyDescriptor"), Tenant.Now).TryGet(out _, out _));

    [Fact]
    public void Import_TwoCertificatesWhileTheyRotate_IsRead()
    {
        Assert.True(IdentityProviderMetadata.Import(Document(keys: Key(TestKey.Idp) + Key(TestKey.Other, use: null)), Tenant.Now).TryGet(out var metadata, out _));

        Assert.Equal(2, metadata.Certificates.All.Count);
    }

    [Fact]
    public void Import_EncryptionBesideSigning_IsLeftOut()
    {
        Assert.True(IdentityProviderMetadata.Import(Document(keys: Key(TestKey.Other, "encryption") + Key(TestKey.Idp)), Tenant.Now).TryGet(out var metadata, out _));

        Assert.Equal(TestKey.Idp.Certificate.Thumbprint, Assert.Single(metadata.Certificates.All).Certificate.Thumbprint);
    }

    [Fact]
    public void Import_EncryptionAlone_IsRefused() => Refused("saml-metadata-certificates", Document(keys: Key(TestKey.Idp, "encryption")));

    [Fact]
    public void Import_NoKey_IsRefused() => Refused("saml-metadata-certificates", Document(keys: ""));

    [Fact]
    public void Import_SmallKey_IsRefused() => Refused("saml-certificate-key", Document(keys: Key(TestKey.Small)));

    [Fact]
    public void Import_ThreeKeys_IsRefused() => Refused("saml-certificate-too-many", Document(keys: Key(TestKey.Idp) + Key(TestKey.Other) + Key(TestKey.Expired)));

    [Theory]
    [InlineData("")]
    [InlineData("no xml")]
    [InlineData("<!DOCTYPE x><x/>")]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><x>&e;</x>")]
    public void Import_Unreadable_IsRefused(string xml) => Refused("saml-metadata-malformed", xml);

    [Fact]
    public void Import_Oversized_IsRefused() => Refused("saml-metadata-malformed", Document() + new string(' ', IdentityProviderMetadata.MaxLength));

    [Theory]
    [InlineData("EntityDescriptor", "EntitiesDescriptor")]
    [InlineData("IDPSSODescriptor", "SPSSODescriptor")]
    [InlineData("entityID=", "entityId=")]
    [InlineData("SAML:2.0:protocol", "SAML:1.1:protocol")]
    [InlineData("SAML:2.0:metadata", "SAML:2.0:metadat")]
    public void Import_AnotherRole_IsRefused(string what, string by) => Refused("saml-metadata-role", Document().Replace(what, by));

    [Fact]
    public void Import_TwoRoles_IsRefused()
    {
        var document = Doc.Parse(Document());
        document.DocumentElement!.AppendChild(Doc.Find(document, "IDPSSODescriptor").CloneNode(deep: true));

        Refused("saml-metadata-role", document.OuterXml);
    }

    [Theory]
    [InlineData(-1, "saml-metadata-expired")]
    [InlineData(0, "saml-metadata-expired")]
    [InlineData(1, null)]
    public void Import_ValidUntil_IsKept(double minutes, string? refused)
    {
        foreach (var element in new[] { "<md:EntityDescriptor", "<md:IDPSSODescriptor" })
        {
            var outcome = IdentityProviderMetadata.Import(Document().Replace(element, $"{element} validUntil=\"{Genuine.At(minutes)}\""), Tenant.Now);

            Assert.Equal(refused, outcome.TryGet(out _, out var refusal) ? null : refusal.Id);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("<md:SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:SOAP\" Location=\"https://acme.okta.com/\"/>")]
    [InlineData("<md:SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" Location=\"http://acme.okta.com/\"/>")]
    [InlineData("<md:SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" Location=\"javascript:alert(1)\"/>")]
    [InlineData("<md:SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" Location=\"/sso\"/>")]
    [InlineData("<md:SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" Location=\" https://acme.okta.com/\"/>")]
    [InlineData("<md:SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" Location=\"https://acme.okta.com/&#10;x\"/>")]
    [InlineData("<md:SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" Location=\"https://a:b@acme.okta.com/\"/>")]
    [InlineData("<md:SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" Location=\"https://acme.okta.com/#x\"/>")]
    [InlineData("<md:SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\"/>")]
    public void Import_NoUsableEndpoint_IsRefused(string services) => Refused("saml-metadata-endpoint", Document(services: services));

    [Fact]
    public void Import_OneBinding_HasNoneOfTheOther()
    {
        Assert.True(IdentityProviderMetadata.Import(Document(services: Post), Tenant.Now).TryGet(out var metadata, out _));

        Assert.Null(metadata.RedirectUrl);
        Assert.NotNull(metadata.PostUrl);
    }

    [Fact]
    public void ToXml_TextsThatMeanSomethingInXml_AreEscaped()
    {
        var sp = Tenant.Sp with { EntityId = "urn:<a>&\"" };

        var xml = Doc.Parse(ServiceProviderMetadata.ToXml(sp, [TestKey.Idp.Certificate, TestKey.Other.Certificate], [SamlNames.PersistentNameId]));

        Assert.Equal(sp.EntityId, xml.DocumentElement!.GetAttribute("entityID"));
        Assert.Equal(2, xml.GetElementsByTagName("md:KeyDescriptor").Count);

        // Metadata §2.4.2: keys, then name formats, then endpoints.
        Assert.Equal(
            ["KeyDescriptor", "KeyDescriptor", "NameIDFormat", "AssertionConsumerService"],
            Doc.Find(xml, "SPSSODescriptor").ChildNodes.OfType<System.Xml.XmlElement>().Select(element => element.LocalName));
    }

    private static string Document(string? keys = null, string services = Post + Redirect) =>
        $"""
        <md:EntityDescriptor entityID="{Tenant.IdpEntityId}" xmlns:md="{SamlNames.Metadata}"><md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="{SamlNames.Protocol}">{keys ?? Key(TestKey.Idp)}<md:NameIDFormat>{SamlNames.EmailNameId}</md:NameIDFormat>{services}</md:IDPSSODescriptor></md:EntityDescriptor>
        """;

    private static string Key(TestKey key, string? use = "signing") =>
        $"<md:KeyDescriptor{(use is null ? "" : $" use=\"{use}\"")}><ds:KeyInfo xmlns:ds=\"{SamlNames.Signature}\"><ds:X509Data><ds:X509Certificate>\n{Convert.ToBase64String(key.Der)}\n</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>";

    private static void Refused(string id, string xml)
    {
        Assert.False(IdentityProviderMetadata.Import(xml, Tenant.Now).TryGet(out _, out var refusal));
        Assert.Equal(id, refusal.Id);
    }
}
