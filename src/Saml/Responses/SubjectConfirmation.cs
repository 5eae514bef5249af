using System.Xml;
using OrleansIdentity.Saml.Refusals;
using OrleansIdentity.Saml.Xml;

namespace OrleansIdentity.Saml.Responses;

/// <summary>For whom the assertion is, to where, until when, and in answer to what (profiles §4.1.4.3).</summary>
internal static class SubjectConfirmation
{
    private const string Saml = SamlNames.Assertion;

    /// <summary>Bearer, addressed to here, and not over.</summary>
    public static SamlRefusal? Check(XmlElement assertion, Expectations expected)
    {
        var confirmation = Of(assertion);
        if (confirmation.Value("Method") != SamlNames.Bearer)
        {
            return SamlRefusals.Confirmation("its method is not bearer");
        }

        if (confirmation.Only("SubjectConfirmationData", Saml) is not { } data)
        {
            return SamlRefusals.Confirmation("it has no SubjectConfirmationData, or several");
        }

        if (data.HasAttribute("NotBefore"))
        {
            return SamlRefusals.Confirmation("it has NotBefore, which a bearer must not have");
        }

        if (SamlInstant.Read(data.Value("NotOnOrAfter")) is not { } notOnOrAfter)
        {
            return SamlRefusals.Confirmation("its NotOnOrAfter is missing or no UTC instant");
        }

        if (data.Value("Recipient") != expected.Sp.AssertionConsumerService)
        {
            return SamlRefusals.Recipient(data.Value("Recipient"), expected.Sp.AssertionConsumerService);
        }

        return expected.IsOver(notOnOrAfter) ? SamlRefusals.ConfirmationExpired(notOnOrAfter) : null;
    }

    /// <summary>The response and its assertion answer the request of this browser; or neither answers any, and the tenant allows that.</summary>
    public static SamlRefusal? CheckInResponseTo(XmlElement response, XmlElement assertion, Expectations expected)
    {
        var answered = InResponseTo(assertion);
        if (answered != response.Value("InResponseTo"))
        {
            return SamlRefusals.InResponseTo();
        }

        if (answered is null)
        {
            return expected.Idp.Policy.AllowIdpInitiated ? null : SamlRefusals.IdpInitiated();
        }

        return answered == expected.Request?.Id ? null : SamlRefusals.InResponseTo();
    }

    public static string? InResponseTo(XmlElement assertion) => Data(assertion).Value("InResponseTo");

    public static DateTimeOffset NotOnOrAfter(XmlElement assertion) => SamlInstant.Read(Data(assertion).Value("NotOnOrAfter"))!.Value;

    private static XmlElement Of(XmlElement assertion) => assertion.Only("Subject", Saml)!.Only("SubjectConfirmation", Saml)!;

    private static XmlElement Data(XmlElement assertion) => Of(assertion).Only("SubjectConfirmationData", Saml)!;
}
