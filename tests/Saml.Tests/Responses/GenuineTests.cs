using OrleansIdentity.Saml.Parties;
using OrleansIdentity.Saml.Responses;
using OrleansIdentity.Saml.Tests.Support;

namespace OrleansIdentity.Saml.Tests.Responses;

/// <summary>What an identity provider honestly sends is accepted, and read exactly.</summary>
public sealed class GenuineTests
{
    [Theory]
    [InlineData(SignedParts.Assertion)]
    [InlineData(SignedParts.Response)]
    [InlineData(SignedParts.Both)]
    internal async Task Validate_SignedOneWayOrAnother_IsAccepted(SignedParts parts)
    {
        var identity = await Judge.AcceptsAsync(
            new Genuine { SessionNotOnOrAfter = Genuine.At(60) }.Signed(new Signing { Parts = parts }) with { Policy = new SamlPolicy { Signed = parts } }, $"{parts}");

        Assert.Equal(new SamlNameId(Tenant.User, SamlNames.EmailNameId, null, null), identity.NameId);
        Assert.Equal(["00u1"], identity.Attributes["oktaId"]);
        Assert.Equal("_request", identity.SessionIndex);
        Assert.Equal(Tenant.Now.AddMinutes(60), identity.SessionNotOnOrAfter);
        Assert.Equal(Tenant.Now, identity.AuthnInstant);
        Assert.Equal(Tenant.Password, identity.AuthnContextClassRef);
        Assert.Equal("_assertion", identity.AssertionId);
        Assert.Equal(Tenant.Now.AddMinutes(5) + new SamlPolicy().ClockSkew, identity.ReplayUntil);
        Assert.Equal("_request", identity.InResponseTo);
    }
}
