using OrleansIdentity.Saml.Parties;
using OrleansIdentity.Saml.Tests.Support;

namespace OrleansIdentity.Saml.Tests.Attacks;

/// <summary>Rows 4 to 14 of the attacks: what is signed is not what is read.</summary>
public sealed class WrappingTests
{
    // Rows 4 to 11.
    [Theory]
    [InlineData(1, "saml-response-shape")]
    [InlineData(2, "saml-response-shape")]
    [InlineData(3, "saml-assertion-count")]
    [InlineData(4, "saml-assertion-count")]
    [InlineData(5, "saml-assertion-count")]
    [InlineData(6, "saml-assertion-count")]
    [InlineData(7, "saml-assertion-count")]
    [InlineData(8, "saml-assertion-count")]
    public async Task Validate_Wrapped_IsRefused(int number, string refusal)
    {
        var signed = new Genuine().Signed(new Signing { Parts = number <= 2 ? SignedParts.Response : SignedParts.Assertion });

        await Judge.RefusesAsync(refusal, signed.With(xml => Wrapping.Apply(number, xml)), $"xsw{number}");
    }

    // The same with the ID of the signed element on the forged one, so that a search for it may find either.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Validate_WrappedUnderTheSameId_IsRefused(int number)
    {
        var (parts, id) = number <= 2 ? (SignedParts.Response, "_response") : (SignedParts.Assertion, "_assertion");

        await Judge.RefusesAsync(
            number <= 2 ? "saml-response-shape" : "saml-assertion-count",
            new Genuine().Signed(new Signing { Parts = parts }).With(xml => Wrapping.Apply(number, xml, id)),
            $"xsw{number}");
    }

    // Row 12.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Validate_TwoAssertionsOneSigned_IsRefused(bool signedFirst)
    {
        var forged = new Genuine { AssertionId = "_second", NameId = Wrapping.Forged }.Assertion();
        var signed = new Genuine().Signed();

        await Judge.RefusesAsync("saml-assertion-count", signed.With(xml => signedFirst
            ? Doc.ReplaceOnce(xml, "</saml:Assertion>", "</saml:Assertion>" + forged)
            : Doc.ReplaceOnce(xml, "<saml:Assertion", forged + "<saml:Assertion")), $"{signedFirst}");
    }

    [Fact]
    public async Task Validate_TwoSignedAssertions_IsRefused()
    {
        var second = new Genuine { AssertionId = "_second" }.Signed().ToXml();
        var start = second.IndexOf("<saml:Assertion", StringComparison.Ordinal);
        var end = second.IndexOf("</samlp:Response>", StringComparison.Ordinal);

        await Judge.RefusesAsync("saml-assertion-count", new Genuine().Signed().With(xml => Doc.ReplaceOnce(xml, "</samlp:Response>", second[start..end] + "</samlp:Response>")));
    }

    // Row 13: inside of what is signed, signed with it.
    [Theory]
    [InlineData("<saml:Advice>", "</saml:Advice>")]
    [InlineData("", "")]
    public async Task Validate_AssertionWithinASignedAssertion_IsRefused(string before, string after)
    {
        var inner = new Genuine { AssertionId = "_inner", NameId = Wrapping.Forged }.Assertion();

        await Judge.RefusesAsync("saml-assertion-count", new Genuine { InAssertion = before + inner + after }.Signed(), before);
    }

    [Fact]
    public async Task Validate_AssertionAsAttributeValue_IsRefused()
    {
        var inner = new Genuine { AssertionId = "_inner" }.Assertion();

        await Judge.RefusesAsync("saml-assertion-count", new Genuine { InAttributeStatement = Genuine.Attribute("x", inner) }.Signed());
    }

    // Row 14. The value compares without letter case too: not every library is exact.
    [Theory]
    [InlineData("ID=\"_assertion\"", "saml-id-invalid")]
    [InlineData("ID=\"_ASSERTION\"", "saml-id-invalid")]
    [InlineData("Id=\"_assertion\"", "saml-id-invalid")]
    [InlineData("id=\"_assertion\"", "saml-id-invalid")]
    [InlineData("xml:id=\"_assertion\"", "saml-id-invalid")]
    [InlineData("Id=\"_other\"", "saml-id-invalid")]
    [InlineData("samlp:ID=\"_other\"", "saml-id-invalid")]
    public async Task Validate_IdOnAnotherElement_IsRefused(string attribute, string refusal) => await Judge.RefusesAsync(
        refusal, new Genuine().Signed().With(xml => Doc.ReplaceOnce(xml, "<samlp:Status>", $"<samlp:Status {attribute}>")), attribute);

    [Theory]
    [InlineData("Id=\"_assertion\"")]
    [InlineData("id=\"_x\"")]
    public async Task Validate_TwoSpellingsOnTheAssertion_IsRefused(string attribute) => await Judge.RefusesAsync(
        "saml-id-invalid", new Genuine { AssertionAttributes = " " + attribute }.Signed(), attribute);

    [Fact]
    public async Task Validate_IdOfAnElementThatIsNotSamlsTwice_IsRefused() => await Judge.RefusesAsync(
        "saml-id-invalid", new Genuine().Signed().With(xml => Doc.ReplaceOnce(xml, "<KeyInfo>", "<KeyInfo Id=\"_assertion\">")));

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("a:b")]
    [InlineData("a&apos; or &apos;1")]
    public async Task Validate_ImproperAssertionId_IsRefused(string id) => await Judge.RefusesAsync(
        "saml-id-invalid", new Genuine().Signed().With(xml => xml.Replace("\"_assertion\"", $"\"{id}\"").Replace("#_assertion", "#" + id)), id);

    [Fact]
    public async Task Validate_NoAssertionId_IsRefused() => await Judge.RefusesAsync(
        "saml-id-invalid", new Genuine { AssertionId = null }.Signed(new Signing { Parts = SignedParts.Response }));

    // GHSA-x3m8-899r-f7c3: a second SignedInfo, of which one is verified and the other one read.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Validate_TwoSignedInfos_IsRefused(bool forgedFirst) => await Judge.RefusesAsync(
        "saml-signature-shape",
        new Genuine().Signed().With(xml => Doc.Edit(xml, document =>
        {
            var info = Doc.Find(document, "SignedInfo");
            var copy = info.CloneNode(deep: true);
            Doc.Find(copy, "DigestValue").InnerText = Convert.ToBase64String(new byte[32]);
            info.ParentNode!.InsertBefore(copy, forgedFirst ? info : info.NextSibling);
        })),
        $"{forgedFirst}");

    // CVE-2025-47949: a genuine signature elsewhere in the document beside an unsigned assertion.
    [Fact]
    public async Task Validate_SignedElementBesideAnUnsignedAssertion_IsRefused()
    {
        var genuine = Doc.Parse(new Genuine().Signed().ToXml());
        var detail = $"<samlp:StatusDetail>{Doc.Find(genuine, "Assertion").OuterXml}</samlp:StatusDetail>";
        var forged = new Genuine { AssertionId = "_forged", NameId = Wrapping.Forged }.ToXml();

        await Judge.RefusesAsync("saml-assertion-count", SamlCase.Of(Doc.ReplaceOnce(forged, "</samlp:Status>", detail + "</samlp:Status>")));
    }

    // CVE-2025-25292: a signature that one parser finds and another one does not.
    [Theory]
    [InlineData("status", "<samlp:StatusDetail>", "</samlp:StatusDetail>", "</samlp:Status>")]
    [InlineData("subject", "", "", "</saml:Subject>")]
    [InlineData("attribute", "", "", "</saml:AttributeStatement>")]
    public async Task Validate_SignatureInAnotherPlace_IsRefused(string variant, string before, string after, string at)
    {
        var signature = Doc.Find(Doc.Parse(new Genuine().Signed().ToXml()), "Signature").OuterXml;

        await Judge.RefusesAsync("saml-response-shape", new Genuine().Signed().With(xml => Doc.ReplaceOnce(xml, at, before + signature + after + at)), variant);
    }

    [Fact]
    public async Task Validate_SignatureOfAnotherNamespace_IsRefused() => await Judge.RefusesAsync(
        "saml-response-shape", new Genuine().Signed().With(xml => xml.Replace("xmlns=\"http://www.w3.org/2000/09/xmldsig#\"", "xmlns=\"http://www.w3.org/2000/09/xmldsig\"")));
}
