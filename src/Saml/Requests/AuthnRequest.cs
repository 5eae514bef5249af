using System.Security.Cryptography;
using System.Text;
using System.Xml;
using OrleansIdentity.Saml.Parties;
using OrleansIdentity.Saml.Responses;
using OrleansIdentity.Saml.Xml;

namespace OrleansIdentity.Saml.Requests;

/// <summary>A request for sign-in (core §3.4), to be sent by <see cref="RedirectBinding"/> or <see cref="PostBinding"/>.</summary>
public sealed class AuthnRequest
{
    private const string Saml = SamlNames.Assertion;
    private const string Samlp = SamlNames.Protocol;
    private const int IdBytes = 20;

    private readonly SamlServiceProvider _sp;
    private readonly AuthnRequestOptions _options;

    private AuthnRequest(string id, DateTimeOffset issuedAt, string destination, SamlServiceProvider sp, AuthnRequestOptions options)
    {
        Destination = destination;
        Pending = new PendingRequest(id, issuedAt, options.ForceAuthn, options.AuthnContexts);
        _sp = sp;
        _options = options;
    }

    /// <summary>The single sign-on URL that it is for.</summary>
    public string Destination { get; }

    /// <summary>What the caller must keep for this browser, once, until the answer comes.</summary>
    public PendingRequest Pending { get; }

    /// <summary>Makes a request with an id that nobody can guess.</summary>
    public static AuthnRequest Create(SamlServiceProvider sp, string singleSignOnUrl, DateTimeOffset now, AuthnRequestOptions? options = null) => new(
        "_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)), now, singleSignOnUrl, sp, options ?? AuthnRequestOptions.Default);

    /// <summary>The message.</summary>
    internal string ToXml()
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true }))
        {
            xml.WriteStartElement("samlp", "AuthnRequest", Samlp);
            xml.WriteAttributeString("xmlns", "saml", null, Saml);
            xml.WriteAttributeString("ID", Pending.Id);
            xml.WriteAttributeString("Version", "2.0");
            xml.WriteAttributeString("IssueInstant", SamlInstant.Write(Pending.IssuedAt));
            xml.WriteAttributeString("Destination", Destination);
            if (_options.ForceAuthn)
            {
                xml.WriteAttributeString("ForceAuthn", "true");
            }

            xml.WriteAttributeString("ProtocolBinding", SamlNames.PostBinding);
            xml.WriteAttributeString("AssertionConsumerServiceURL", _sp.AssertionConsumerService);
            xml.WriteElementString("saml", "Issuer", Saml, _sp.EntityId);
            WriteNameIdPolicy(xml);
            WriteContexts(xml);
            xml.WriteEndElement();
        }

        return text.ToString();
    }

    private void WriteNameIdPolicy(XmlWriter xml)
    {
        if (_options.NameIdFormat is { } format)
        {
            xml.WriteStartElement("samlp", "NameIDPolicy", Samlp);
            xml.WriteAttributeString("Format", format);
            xml.WriteAttributeString("AllowCreate", "true");
            xml.WriteEndElement();
        }
    }

    private void WriteContexts(XmlWriter xml)
    {
        if (_options.AuthnContexts.Count == 0)
        {
            return;
        }

        xml.WriteStartElement("samlp", "RequestedAuthnContext", Samlp);
        xml.WriteAttributeString("Comparison", "exact");
        foreach (var context in _options.AuthnContexts)
        {
            xml.WriteElementString("saml", "AuthnContextClassRef", Saml, context);
        }

        xml.WriteEndElement();
    }
}
