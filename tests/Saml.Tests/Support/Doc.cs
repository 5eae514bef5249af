using System.Xml;

namespace OrleansIdentity.Saml.Tests.Support;

/// <summary>What tests do to documents.</summary>
internal static class Doc
{
    public static XmlDocument Parse(string xml)
    {
        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        document.LoadXml(xml);
        return document;
    }

    /// <summary>The first element of this local name in document order.</summary>
    public static XmlElement Find(XmlNode within, string name) => (XmlElement)within.SelectSingleNode($".//*[local-name()='{name}']")!;

    /// <summary>Changes a document by its tree.</summary>
    public static string Edit(string xml, Action<XmlDocument> edit)
    {
        var document = Parse(xml);
        edit(document);
        return document.OuterXml;
    }

    /// <summary>Replaces exactly one occurrence.</summary>
    public static string ReplaceOnce(string xml, string what, string by)
    {
        var at = xml.IndexOf(what, StringComparison.Ordinal);
        return at < 0 ? throw new InvalidOperationException($"The response does not contain {what}.") : string.Concat(xml.AsSpan(0, at), by, xml.AsSpan(at + what.Length));
    }
}
