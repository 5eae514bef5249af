namespace OrleansIdentity.Saml.Tests.Support;

/// <summary>A response as Okta makes it, without signatures; each part can be another. What is null is left out.</summary>
internal sealed record Genuine
{
    public string? ResponseId { get; init; } = "_response";

    public string? AssertionId { get; init; } = "_assertion";

    public string? Issuer { get; init; } = Tenant.IdpEntityId;

    public string? AssertionIssuer { get; init; } = Tenant.IdpEntityId;

    public string? Destination { get; init; } = Tenant.Sp.AssertionConsumerService;

    public string? InResponseTo { get; init; } = Tenant.Request.Id;

    public string? SubjectInResponseTo { get; init; } = Tenant.Request.Id;

    public string Status { get; init; } = SamlNames.Success;

    public string StatusContent { get; init; } = "";

    public string NameId { get; init; } = Tenant.User;

    public string? NameIdFormat { get; init; } = SamlNames.EmailNameId;

    public string Method { get; init; } = SamlNames.Bearer;

    public string? Recipient { get; init; } = Tenant.Sp.AssertionConsumerService;

    public string? SubjectNotBefore { get; init; }

    public string? SubjectNotOnOrAfter { get; init; } = At(5);

    public string? NotBefore { get; init; } = At(-5);

    public string? NotOnOrAfter { get; init; } = At(5);

    public string Restrictions { get; init; } = Audience(Tenant.Sp.EntityId);

    public string? AuthnInstant { get; init; } = At(0);

    public string? SessionIndex { get; init; } = "_request";

    public string? SessionNotOnOrAfter { get; init; }

    public string? ContextClass { get; init; } = Tenant.Password;

    public string Attributes { get; init; } =
        """<saml:Attribute Name="oktaId"><saml:AttributeValue xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string">00u1</saml:AttributeValue></saml:Attribute>""";

    public string RootAttributes { get; init; } = "";

    public string AssertionAttributes { get; init; } = "";

    public string InSubject { get; init; } = "";

    public string InAssertion { get; init; } = "";

    public string InAttributeStatement { get; init; } = "";

    /// <summary>A moment so many minutes from now, as SAML writes it.</summary>
    public static string At(double minutes) => Tenant.Now.AddMinutes(minutes).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", null);

    public static string Audience(params IEnumerable<string> audiences) =>
        $"<saml:AudienceRestriction>{string.Concat(audiences.Select(audience => $"<saml:Audience>{audience}</saml:Audience>"))}</saml:AudienceRestriction>";

    public static string Attribute(string name, string value) => $"<saml:Attribute Name=\"{name}\"><saml:AttributeValue>{value}</saml:AttributeValue></saml:Attribute>";

    /// <summary>The assertion alone, with its namespaces.</summary>
    public string Assertion() =>
        $"""
        <saml:Assertion xmlns:saml="{SamlNames.Assertion}"{Optional("ID", AssertionId)} Version="2.0" IssueInstant="{At(0)}"{AssertionAttributes}>{Element("saml:Issuer", AssertionIssuer)}
          <saml:Subject>
            <saml:NameID{Optional("Format", NameIdFormat)}>{NameId}</saml:NameID>
            <saml:SubjectConfirmation Method="{Method}">
              <saml:SubjectConfirmationData{Optional("NotBefore", SubjectNotBefore)}{Optional("NotOnOrAfter", SubjectNotOnOrAfter)}{Optional("Recipient", Recipient)}{Optional("InResponseTo", SubjectInResponseTo)}/>
            </saml:SubjectConfirmation>{InSubject}
          </saml:Subject>
          <saml:Conditions{Optional("NotBefore", NotBefore)}{Optional("NotOnOrAfter", NotOnOrAfter)}>{Restrictions}</saml:Conditions>
          <saml:AuthnStatement{Optional("AuthnInstant", AuthnInstant)}{Optional("SessionIndex", SessionIndex)}{Optional("SessionNotOnOrAfter", SessionNotOnOrAfter)}>
            <saml:AuthnContext>{Element("saml:AuthnContextClassRef", ContextClass)}</saml:AuthnContext>
          </saml:AuthnStatement>
          <saml:AttributeStatement>{Attributes}{InAttributeStatement}</saml:AttributeStatement>{InAssertion}
        </saml:Assertion>
        """;

    /// <summary>The whole response.</summary>
    public string ToXml() =>
        $"""
        <samlp:Response xmlns:samlp="{SamlNames.Protocol}" xmlns:saml="{SamlNames.Assertion}"{Optional("ID", ResponseId)} Version="2.0" IssueInstant="{At(0)}"{Optional("Destination", Destination)}{Optional("InResponseTo", InResponseTo)}{RootAttributes}>{Element("saml:Issuer", Issuer)}
          <samlp:Status><samlp:StatusCode Value="{Status}">{StatusContent}</samlp:StatusCode></samlp:Status>
          {Assertion()}
        </samlp:Response>
        """;

    /// <summary>The response with the assertion signed, as a case.</summary>
    public SamlCase Signed(Signing? signing = null) => SamlCase.Of((signing ?? Signing.Default).Sign(ToXml()));

    private static string Optional(string name, string? value) => value is null ? "" : $" {name}=\"{value}\"";

    private static string Element(string name, string? value) => value is null ? "" : $"<{name}>{value}</{name}>";
}
