using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim;
using OrleansIdentity.Scim.Filters;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Grains.Tests.Store;

public sealed class IndexedLookupTests
{
    [Theory]
    [InlineData("userName eq \"Ann\"", "userName", "ANN", true, true)]
    [InlineData("urn:ietf:params:scim:schemas:core:2.0:User:userName eq \"Ann\"", "userName", "ANN", true, true)]
    [InlineData("externalId eq \"00uA\"", "externalId", "00uA", true, true)]
    [InlineData("id eq \"x\"", "id", "x", true, true)]
    [InlineData("emails eq \"a@x\"", "emails.value", "A@X", false, true)]
    [InlineData("emails.value eq \"a@x\" and userName eq \"b\"", "userName", "B", true, false)]
    [InlineData("active eq true and emails.value eq \"a@x\"", "emails.value", "A@X", false, false)]
    public void From_AnEqualityThatEveryMatchMustSatisfy_IsFound(string filter, string attribute, string value, bool isUnique, bool isWhole) =>
        Assert.Equal(new IndexedLookup(attribute, value, isUnique, isWhole), Lookup(filter));

    [Theory]
    [InlineData("userName ne \"ann\"")]
    [InlineData("userName sw \"ann\"")]
    [InlineData("userName eq null")]
    [InlineData("userName eq \"a\" or userName eq \"b\"")]
    [InlineData("not (userName eq \"a\")")]
    [InlineData("emails[value eq \"a@x\"]")]
    [InlineData("nickName eq \"n\"")]
    public void From_AnythingElse_IsNone(string filter) => Assert.Null(Lookup(filter));

    private static IndexedLookup? Lookup(string filter) =>
        IndexedLookup.From(RecordKinds.User, Filter.Parse(ResourceTypes.User, filter, ScimLimits.Default).Value);
}
