using OrleansIdentity.Saml.Parties;
using OrleansIdentity.Saml.Responses;
using OrleansIdentity.Saml.Tests.Support;
using OrleansIdentity.Saml.Xml;

namespace OrleansIdentity.Saml.Tests.Signatures;

/// <summary>Who signed in is read from the bytes that were hashed: a document of its own, in which nothing else is.</summary>
public sealed class SignedAssertionTests
{
    [Theory]
    [InlineData(SignedParts.Assertion)]
    [InlineData(SignedParts.Response)]
    [InlineData(SignedParts.Both)]
    internal void Verify_Signed_GivesAnElementOfAnotherDocument(SignedParts parts)
    {
        var sent = SafeXml.Load(new Genuine().Signed(new Signing { Parts = parts }).ToXml())!;
        var idp = new SamlIdentityProvider(Tenant.IdpEntityId, TestKey.Trusting(TestKey.Idp), new SamlPolicy());

        Assert.True(SignedAssertion.Verify(sent.DocumentElement!, new Expectations(Tenant.Sp, idp, Tenant.Request, Tenant.Now)).TryGet(out var assertion, out _));

        Assert.NotSame(sent, assertion.OwnerDocument);
        Assert.Equal("_assertion", assertion.GetAttribute("ID"));
    }
}
