using System.Xml;
using OrleansIdentity.Saml.Refusals;
using OrleansIdentity.Saml.Xml;

namespace OrleansIdentity.Saml.Responses;

/// <summary>When and for whom the assertion is valid (core §2.5).</summary>
internal static class Conditions
{
    private const string Saml = SamlNames.Assertion;

    public static SamlRefusal? Check(XmlElement assertion, Expectations expected)
    {
        var conditions = assertion.Only("Conditions", Saml)!;

        // Core §2.5.1: a condition that is not understood makes the assertion invalid. One-time use is kept for all of them.
        var fault = Content.Fault(
            conditions, Content.Any("AudienceRestriction", Saml), Content.Optional("OneTimeUse", Saml), Content.Optional("ProxyRestriction", Saml));
        return fault is null ? CheckTimes(conditions, expected) ?? CheckAudience(conditions, expected) : SamlRefusals.Condition(fault);
    }

    private static SamlRefusal? CheckTimes(XmlElement conditions, Expectations expected)
    {
        var (from, to) = (conditions.Value("NotBefore"), conditions.Value("NotOnOrAfter"));
        var (notBefore, notOnOrAfter) = (SamlInstant.Read(from), SamlInstant.Read(to));
        if ((from is not null && notBefore is null) || (to is not null && notOnOrAfter is null))
        {
            return SamlRefusals.Condition("a time in it is no UTC instant");
        }

        if (notBefore is { } begin && expected.IsAhead(begin))
        {
            return SamlRefusals.NotYetValid(begin);
        }

        return notOnOrAfter is { } end && expected.IsOver(end) ? SamlRefusals.Expired(end) : null;
    }

    // Core §2.5.1.4: of several restrictions each must be met, by any one of its audiences.
    private static SamlRefusal? CheckAudience(XmlElement conditions, Expectations expected)
    {
        var restrictions = conditions.Elements("AudienceRestriction", Saml).ToList();
        var unmet = restrictions.Find(restriction => !restriction.Elements("Audience", Saml).Any(audience => audience.Text() == expected.Sp.EntityId));
        return restrictions.Count > 0 && unmet is null
            ? null
            : SamlRefusals.Audience(unmet?.Elements("Audience", Saml).FirstOrDefault()?.Text(), expected.Sp.EntityId);
    }
}
