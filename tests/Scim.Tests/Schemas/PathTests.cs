using OrleansIdentity.Scim.Paths;
using OrleansIdentity.Scim.Schemas;
using OrleansIdentity.Scim.Tests.Support;

namespace OrleansIdentity.Scim.Tests.Schemas;

/// <summary>Attribute names (RFC 7644 §3.10).</summary>
public sealed class PathTests
{
    [Theory]
    [InlineData("USERNAME", "userName")]
    [InlineData("Name.GIVENNAME", "name.givenName")]
    [InlineData("urn:ietf:params:scim:schemas:core:2.0:User:name.givenName", "name.givenName")]
    [InlineData("URN:IETF:PARAMS:SCIM:SCHEMAS:CORE:2.0:USER:META.CREATED", "meta.created")]
    [InlineData("urn:IETF:params:scim:schemas:extension:enterprise:2.0:user:MANAGER.$REF", SchemaUrns.EnterpriseUser + ":manager.$ref")]
    public void Name_InAnyLetterCase_IsCanonical(string text, string canonical) =>
        Assert.Equal(canonical, AttributePath.Parse(ResourceTypes.User, text).Value.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("shoeSize")]
    [InlineData("name.shoeSize")]
    [InlineData("name.givenName.first")]
    [InlineData("userName.value")]
    [InlineData("urn:")]
    [InlineData(SchemaUrns.User)]
    [InlineData(SchemaUrns.User + ":")]
    [InlineData(SchemaUrns.EnterpriseUser + ".department")]
    [InlineData(SchemaUrns.EnterpriseUser + ":id")]
    [InlineData("urn:ietf:params:scim:schemas:core:2.0:Group:displayName")]
    [InlineData(" userName")]
    public void Name_OfNothing_IsInvalidPath(string text) => Json.Refused("invalidPath", AttributePath.Parse(ResourceTypes.User, text));

    [Fact]
    public void Name_TooLong_IsInvalidPathAndShort()
    {
        var outcome = AttributePath.Parse(ResourceTypes.User, new string('x', 100_000));

        Json.Refused("invalidPath", outcome);
        Assert.InRange(outcome.Error.Detail.Length, 1, 300);
    }
}
