using OrleansIdentity.Saml.Parties;
using OrleansIdentity.Saml.Tests.Support;

namespace OrleansIdentity.Saml.Tests.Attacks;

/// <summary>Rows 32, 35, 37 and 40 of the attacks: messages of another kind, encrypted ones, and names that only look alike.</summary>
public sealed class OtherMessageTests
{
    private const string Encrypted =
        """
        <saml:EncryptedAssertion><xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#"><xenc:EncryptionMethod Algorithm="{0}"/><xenc:CipherData><xenc:CipherValue>{1}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData></saml:EncryptedAssertion>
        """;

    // Row 32: there is no decryption, so there is no oracle; whatever the cipher text, the answer is the same.
    [Theory]
    [InlineData("http://www.w3.org/2001/04/xmlenc#aes256-cbc", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("http://www.w3.org/2001/04/xmlenc#aes256-cbc", "")]
    [InlineData("http://www.w3.org/2009/xmlenc11#aes256-gcm", "AAAA")]
    public async Task Validate_EncryptedAssertion_IsRefusedUniformly(string algorithm, string cipher)
    {
        var response = SamlCase.Of(Doc.ReplaceOnce(
            Doc.Edit(new Genuine().ToXml(), document => document.DocumentElement!.RemoveChild(Doc.Find(document, "Assertion"))),
            "</samlp:Response>",
            string.Format(null, Encrypted, algorithm, cipher) + "</samlp:Response>"));

        await Judge.RefusesAsync("saml-encrypted", response, $"{algorithm}-{cipher}");
        Assert.False(response.Validate().TryGet(out _, out var refusal));
        Assert.DoesNotContain("cipher", refusal.Detail, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("<saml:EncryptedID/>", "")]
    [InlineData("", "<saml:EncryptedAttribute/>")]
    public async Task Validate_EncryptedParts_IsRefused(string inSubject, string inAttributes) => await Judge.RefusesAsync(
        "saml-encrypted", new Genuine { InSubject = inSubject, InAttributeStatement = inAttributes }.Signed(), inSubject);

    // Row 35: what looks alike is another name, and nothing is trimmed or folded.
    [Theory]
    [InlineData("ada@example.com ")]
    [InlineData("\u0430da@example.com")]
    [InlineData("ADA@example.com")]
    [InlineData("a\u0301da@example.com")]
    [InlineData("\u00E1da@example.com")]
    [InlineData("ada@example.com\u200B")]
    [InlineData("\uFF41da@example.com")]
    public async Task Validate_NameThatLooksAlike_IsReadExactly(string name)
    {
        var identity = await Judge.AcceptsAsync(new Genuine { NameId = name }.Signed(), name);

        Assert.Equal(name, identity.NameId.Value, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("<b>ada</b>")]
    [InlineData("ada<b/>")]
    public async Task Validate_NoPlainName_IsRefused(string name) => await Judge.RefusesAsync("saml-name-id", new Genuine { NameId = name }.Signed(), name);

    [Theory]
    [InlineData(SamlNames.EmailNameId)]
    [InlineData(null)]
    public async Task Validate_AnotherNameFormatThanDemanded_IsRefused(string? format) => await Judge.RefusesAsync(
        "saml-name-id-format", new Genuine { NameIdFormat = format }.Signed() with { Policy = new SamlPolicy { NameIdFormat = SamlNames.PersistentNameId } }, $"{format}");

    [Fact]
    public async Task Validate_NoNameFormat_IsUnspecified() => Assert.Equal(
        SamlNames.UnspecifiedNameId, (await Judge.AcceptsAsync(new Genuine { NameIdFormat = null }.Signed())).NameId.Format);

    // Row 37.
    [Theory]
    [InlineData("LogoutRequest")]
    [InlineData("LogoutResponse")]
    public async Task Validate_UnsignedLogout_IsRefused(string message) => await Judge.RefusesAsync(
        "saml-logout-unsupported", SamlCase.Of(Message("samlp", SamlNames.Protocol, message)), message);

    // Rows 37 and 40: signed by the tenant's identity provider, but saying something else.
    [Theory]
    [InlineData("samlp", SamlNames.Protocol, "LogoutRequest", "saml-logout-unsupported")]
    [InlineData("samlp", SamlNames.Protocol, "LogoutResponse", "saml-logout-unsupported")]
    [InlineData("samlp", SamlNames.Protocol, "AuthnRequest", "saml-response-shape")]
    [InlineData("samlp", SamlNames.Protocol, "ArtifactResponse", "saml-response-shape")]
    [InlineData("md", SamlNames.Metadata, "EntityDescriptor", "saml-response-shape")]
    [InlineData("x", SamlNames.Assertion, "Response", "saml-response-shape")]
    public async Task Validate_SignedMessageOfAnotherKind_IsRefused(string prefix, string ns, string message, string refusal)
    {
        var document = Doc.Parse(Message(prefix, ns, message));
        Signing.Default.Sign(document.DocumentElement!);

        await Judge.RefusesAsync(refusal, SamlCase.Of(document.OuterXml), $"{prefix}:{message}");
    }

    [Fact]
    public async Task Validate_BareAssertion_IsRefused()
    {
        var document = Doc.Parse(new Genuine().Assertion());
        Signing.Default.Sign(document.DocumentElement!);

        await Judge.RefusesAsync("saml-response-shape", SamlCase.Of(document.OuterXml));
    }

    // Row 40: the signature of a logout request, moved into a forged response.
    [Fact]
    public async Task Validate_SignatureOfAnotherMessage_IsRefused()
    {
        var logout = Doc.Parse(Message("samlp", SamlNames.Protocol, "LogoutRequest"));
        Signing.Default.Sign(logout.DocumentElement!);

        await Judge.RefusesAsync("saml-signature-invalid", SamlCase.Of(Doc.Edit(new Genuine { ResponseId = "_message", NameId = Wrapping.Forged }.ToXml(), document =>
            document.DocumentElement!.InsertAfter(document.ImportNode(Doc.Find(logout, "Signature"), deep: true), Doc.Find(document, "Issuer")))));
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2")]
    public async Task Validate_AnotherVersion_IsRefused(string version)
    {
        await Judge.RefusesAsync("saml-response-shape", new Genuine().Signed().With(xml => Doc.ReplaceOnce(xml, "Version=\"2.0\"", $"Version=\"{version}\"")), version);
        await Judge.RefusesAsync(
            "saml-assertion-shape",
            SamlCase.Of(Signing.Default.Sign(Doc.Edit(new Genuine().ToXml(), document => Doc.Find(document, "Assertion").SetAttribute("Version", version)))),
            "assertion " + version);
    }

    private static string Message(string prefix, string ns, string name) =>
        $"<{prefix}:{name} xmlns:{prefix}=\"{ns}\" xmlns:saml=\"{SamlNames.Assertion}\" ID=\"_message\" Version=\"2.0\" IssueInstant=\"{Genuine.At(0)}\">"
        + $"<saml:Issuer>{Tenant.IdpEntityId}</saml:Issuer><saml:NameID>{Tenant.User}</saml:NameID></{prefix}:{name}>";
}
