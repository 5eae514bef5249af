using System.Text;
using System.Xml;
using OrleansIdentity.Saml.Certificates;
using OrleansIdentity.Saml.Parties;

namespace OrleansIdentity.Saml.Metadata;

/// <summary>The metadata that a tenant publishes (metadata §2.4.4), for identity providers that take it from a URL.</summary>
public static class ServiceProviderMetadata
{
    private const string Md = SamlNames.Metadata;

    /// <summary>The document.</summary>
    /// <param name="sp">The tenant.</param>
    /// <param name="requestSigning">The certificates that requests are or will be signed with; empty where they are not signed.</param>
    /// <param name="nameIdFormats">The formats of names that are welcome, the best one first.</param>
    public static string ToXml(SamlServiceProvider sp, IReadOnlyList<SamlCertificate> requestSigning, IReadOnlyList<string> nameIdFormats)
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true, Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("md", "EntityDescriptor", Md);
            xml.WriteAttributeString("entityID", sp.EntityId);
            xml.WriteStartElement("md", "SPSSODescriptor", Md);
            xml.WriteAttributeString("AuthnRequestsSigned", XmlConvert.ToString(requestSigning.Count > 0));
            xml.WriteAttributeString("WantAssertionsSigned", "true");
            xml.WriteAttributeString("protocolSupportEnumeration", SamlNames.Protocol);
            foreach (var certificate in requestSigning)
            {
                WriteKey(xml, certificate);
            }

            foreach (var format in nameIdFormats)
            {
                xml.WriteElementString("md", "NameIDFormat", Md, format);
            }

            xml.WriteStartElement("md", "AssertionConsumerService", Md);
            xml.WriteAttributeString("Binding", SamlNames.PostBinding);
            xml.WriteAttributeString("Location", sp.AssertionConsumerService);
            xml.WriteAttributeString("index", "0");
            xml.WriteAttributeString("isDefault", "true");
            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return text.ToString();
    }

    private static void WriteKey(XmlWriter xml, SamlCertificate certificate)
    {
        xml.WriteStartElement("md", "KeyDescriptor", Md);
        xml.WriteAttributeString("use", "signing");
        xml.WriteStartElement("ds", "KeyInfo", SamlNames.Signature);
        xml.WriteStartElement("ds", "X509Data", SamlNames.Signature);
        xml.WriteElementString("ds", "X509Certificate", SamlNames.Signature, certificate.Base64);
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }
}
