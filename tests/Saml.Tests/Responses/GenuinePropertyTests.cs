using System.Security;
using System.Text;
using CsCheck;
using OrleansIdentity.Saml.Parties;
using OrleansIdentity.Saml.Tests.Support;

namespace OrleansIdentity.Saml.Tests.Responses;

/// <summary>Whatever a name or an attribute consists of, it is read as it was sent.</summary>
public sealed class GenuinePropertyTests
{
    // No carriage return, and no tab in an attribute: .NET's signer turns them into a line feed and a blank before it signs. See CanonicalXmlTests for these.
    private static readonly string[] Pieces =
        ["a", "Z", "0", "@", ".", " ", "\t", "\n", "é", "e\u0301", "ß", "İ", "中", "\U0001F600", "\u00A0", "\u200B", "\u2028", "&", "<", ">", "\"", "'", "]]", "]]>", "&amp;", "--", "%", "\\"];

    // A text, and how it is written: as it is, by references, or as CDATA.
    private static readonly Gen<(string Text, string Xml)> Texts = Gen.Select(Gen.Int[0, Pieces.Length - 1].Array[1, 12], Gen.Int[0, 2].Array[12]).Select((pieces, ways) =>
    {
        var (text, xml) = (new StringBuilder("x"), new StringBuilder("x"));
        for (var index = 0; index < pieces.Length; index++)
        {
            text.Append(Pieces[pieces[index]]);
            xml.Append(Write(Pieces[pieces[index]], ways[index]));
        }

        return (text.ToString(), xml.ToString());
    });

    [Fact]
    public void Validate_AnyTexts_AreReadExactly() => Gen.Select(Texts, Texts, Texts.Array[0, 3], Gen.Int[0, 2]).Sample(
        (name, attribute, values, parts) =>
        {
            var attributeName = attribute.Text.Replace('\t', ' ');
            var identity = Accepted(new Genuine
            {
                NameId = name.Xml,
                Attributes = $"<saml:Attribute Name=\"{SecurityElement.Escape(attributeName).Replace("\n", "&#10;")}\">{string.Concat(values.Select(value => $"<saml:AttributeValue>{value.Xml}</saml:AttributeValue>"))}</saml:Attribute>",
            }.Signed(new Signing { Parts = (SignedParts)(parts + 1) }));

            Assert.Equal(name.Text, identity.NameId.Value, StringComparer.Ordinal);
            Assert.Equal(attributeName, Assert.Single(identity.Attributes).Key, StringComparer.Ordinal);
            Assert.Equal(values.Select(value => value.Text), identity.Attributes[attributeName]);
        },
        iter: 1_000);

    // A second opinion on the canonical bytes of odd texts.
    [Fact]
    public async Task Validate_AnyTexts_AreReadByNodeSamlToo()
    {
        foreach (var text in Pieces)
        {
            await Judge.AcceptsAsync(new Genuine { NameId = $"x{Write(text, 1)}x{Write(text, 2)}" }.Signed(), text);
        }
    }

    // Prefixes, defaults, inclusive namespaces: the same assertion, written by others.
    [Theory]
    [InlineData("saml2")]
    [InlineData("")]
    public async Task Validate_OtherPrefixes_IsAccepted(string prefix)
    {
        var (colon, declaration) = prefix.Length == 0 ? ("", "xmlns") : (prefix + ":", "xmlns:" + prefix);

        await Judge.AcceptsAsync(
            SamlCase.Of(Signing.Default.Sign(new Genuine().ToXml().Replace("<saml:", "<" + colon).Replace("</saml:", "</" + colon).Replace("xmlns:saml=", declaration + "="))), prefix);
    }

    [Theory]
    [InlineData("xs")]
    [InlineData("xs xsi")]
    [InlineData("#default saml")]
    [InlineData("unknown")]
    [InlineData("")]
    public async Task Validate_InclusiveNamespaces_IsAccepted(string prefixes) => await Judge.AcceptsAsync(
        new Genuine
        {
            AssertionAttributes = " xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"",
            Attributes = "<saml:Attribute Name=\"oktaId\"><saml:AttributeValue xsi:type=\"xs:string\">00u1</saml:AttributeValue></saml:Attribute>",
        }.Signed(new Signing
        {
            Transforms = () => [new System.Security.Cryptography.Xml.XmlDsigEnvelopedSignatureTransform(), new System.Security.Cryptography.Xml.XmlDsigExcC14NTransform(prefixes)],
        }),
        prefixes);

    private static OrleansIdentity.Saml.Responses.SamlIdentity Accepted(SamlCase @case) =>
        @case.Validate().TryGet(out var identity, out var refusal) ? identity : throw new InvalidOperationException($"{refusal.Id}: {refusal.Detail}\n{@case.ToXml()}");

    private static string Write(string piece, int way) => way switch
    {
        1 => string.Concat(piece.EnumerateRunes().Select(rune => $"&#x{rune.Value:X};")),
        2 when piece.Contains("]]", StringComparison.Ordinal) => Write(piece, 1),
        2 => $"<![CDATA[{piece}]]>",
        _ => SecurityElement.Escape(piece)!,
    };
}
