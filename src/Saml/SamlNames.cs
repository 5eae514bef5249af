namespace OrleansIdentity.Saml;

/// <summary>The namespaces and identifiers of SAML 2.0 that are used here.</summary>
public static class SamlNames
{
    /// <summary>The namespace of messages, usually <c>samlp</c>.</summary>
    public const string Protocol = "urn:oasis:names:tc:SAML:2.0:protocol";

    /// <summary>The namespace of assertions, usually <c>saml</c>.</summary>
    public const string Assertion = "urn:oasis:names:tc:SAML:2.0:assertion";

    /// <summary>The namespace of metadata, usually <c>md</c>.</summary>
    public const string Metadata = "urn:oasis:names:tc:SAML:2.0:metadata";

    /// <summary>The namespace of XML signatures, usually <c>ds</c>.</summary>
    public const string Signature = "http://www.w3.org/2000/09/xmldsig#";

    /// <summary>The binding that carries a message in a query string.</summary>
    public const string RedirectBinding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";

    /// <summary>The binding that carries a message in a form.</summary>
    public const string PostBinding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";

    /// <summary>The status of a response that carries an assertion.</summary>
    public const string Success = "urn:oasis:names:tc:SAML:2.0:status:Success";

    /// <summary>Whoever brings the assertion is its subject.</summary>
    public const string Bearer = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

    /// <summary>The format of a name that states none (core §8.3.1).</summary>
    public const string UnspecifiedNameId = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";

    /// <summary>A name that is an e-mail address.</summary>
    public const string EmailNameId = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";

    /// <summary>An opaque name that stays.</summary>
    public const string PersistentNameId = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";

    /// <summary>The format of an issuer's name, which is also what an absent format means there.</summary>
    internal const string EntityNameId = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity";

    internal const string XInclude = "http://www.w3.org/2001/XInclude";
}
