using System.Text;
using OrleansIdentity.Saml.Signatures;
using OrleansIdentity.Saml.Tests.Support;
using OrleansIdentity.Saml.Xml;

namespace OrleansIdentity.Saml.Tests.Signatures;

/// <summary>Canonical forms, written down from the recommendations (Canonical XML 1.0 §2.3, Exclusive XML Canonicalization §2 and §3).</summary>
public sealed class CanonicalXmlTests
{
    [Theory]
    [InlineData("<a>x&#13;y&#xD;</a>", "<a>x&#xD;y&#xD;</a>")]
    [InlineData("<a>x\r\ny\rz</a>", "<a>x\ny\nz</a>")]
    [InlineData("<a><![CDATA[<&>\"]]>&gt;</a>", "<a>&lt;&amp;&gt;\"&gt;</a>")]
    [InlineData("<a c='&#9;&#10;&#13;&lt;&amp;&quot;>' b=\"'\"/>", "<a b=\"'\" c=\"&#x9;&#xA;&#xD;&lt;&amp;&quot;>\"></a>")]
    [InlineData("<a> \n\t<b/> </a>", "<a> \n\t<b></b> </a>")]
    [InlineData("<a>\U0001F600&#x1F600;</a>", "<a>\U0001F600\U0001F600</a>")]
    [InlineData("<p:a xmlns:p='urn:p' xmlns:q='urn:q'><q:b/><c p:d='' q:d=''/></p:a>", "<p:a xmlns:p=\"urn:p\"><q:b xmlns:q=\"urn:q\"></q:b><c xmlns:q=\"urn:q\" p:d=\"\" q:d=\"\"></c></p:a>")]
    [InlineData("<a xmlns='urn:a'><b xmlns=''><c/></b></a>", "<a xmlns=\"urn:a\"><b xmlns=\"\"><c></c></b></a>")]
    [InlineData("<p:a xmlns:p='urn:1'><p:b xmlns:p='urn:2'/></p:a>", "<p:a xmlns:p=\"urn:1\"><p:b xmlns:p=\"urn:2\"></p:b></p:a>")]
    [InlineData("<a xml:lang='de' xml:base='x'/>", "<a xml:base=\"x\" xml:lang=\"de\"></a>")]
    public void Of_Element_IsItsCanonicalForm(string xml, string expected) => Assert.Equal(expected, Text(CanonicalXml.Of(SafeXml.Load(xml)!.DocumentElement!)));

    // What is in scope is rendered where it is used, and attributes of ancestors are not inherited.
    [Theory]
    [InlineData(null, "<p:b xmlns:p=\"urn:p\"></p:b>")]
    [InlineData("q", "<p:b xmlns:p=\"urn:p\" xmlns:q=\"urn:q\"></p:b>")]
    [InlineData("#default q", "<p:b xmlns=\"urn:d\" xmlns:p=\"urn:p\" xmlns:q=\"urn:q\"></p:b>")]
    public void Of_InnerElement_HasTheNamespacesThatItUses(string? prefixes, string expected)
    {
        var outer = SafeXml.Load("<a xmlns='urn:d' xmlns:p='urn:outer' xmlns:q='urn:q' xml:lang='de'><c xmlns:p='urn:p'><p:b/></c></a>")!;

        Assert.Equal(expected, Text(CanonicalXml.Of(Doc.Find(outer, "b"), prefixes: prefixes)));
    }

    [Fact]
    public void Of_WithoutAChild_KeepsTheOthersAndTheDocument()
    {
        var document = SafeXml.Load("<a>1<b/>2<b/>3</a>")!;

        Assert.Equal("<a>12<b></b>3</a>", Text(CanonicalXml.Of(document.DocumentElement!, without: Doc.Find(document, "b"))));
        Assert.Equal("<a>1<b />2<b />3</a>", document.OuterXml);
    }

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
