using System.Text.Json;
using OrleansIdentity.Scim.Schemas;
using OrleansIdentity.Scim.Sorting;
using OrleansIdentity.Scim.Tests.Support;

namespace OrleansIdentity.Scim.Tests.Sorting;

/// <summary>RFC 7644 §3.4.2.3.</summary>
public sealed class SortTests
{
    private const string Urn = SchemaUrns.EnterpriseUser;

    // P1: ascending by default; a sortOrder alone has nothing to be applied to.
    [Theory]
    [InlineData("userName", null, "userName", false)]
    [InlineData("USERNAME", "Ascending", "userName", false)]
    [InlineData("name.familyName", "descending", "name.familyName", true)]
    [InlineData("emails", null, "emails.value", false)]
    [InlineData("emails.type", null, "emails.type", false)]
    [InlineData("id", null, "id", false)]
    [InlineData("externalId", null, "externalId", false)]
    [InlineData("schemas", null, "schemas", false)]
    [InlineData("meta.created", "DESCENDING", "meta.created", true)]
    [InlineData(SchemaUrns.User + ":title", null, "title", false)]
    [InlineData(Urn + ":department", null, Urn + ":department", false)]
    [InlineData(Urn + ":manager", null, Urn + ":manager.value", false)]
    public void Parse_WhatCanBeSortedBy_IsResolved(string sortBy, string? sortOrder, string path, bool descending)
    {
        var sort = Sort.Parse(ResourceTypes.User, [], sortBy, sortOrder).Value!;
        Assert.Equal((path, descending), (sort.Path.ToString(), sort.Descending));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("descending")]
    [InlineData("nonsense")]
    public void Parse_WithoutSortBy_IsNoSort(string? sortOrder) => Assert.Null(Sort.Parse(ResourceTypes.User, [], null, sortOrder).Value);

    [Theory]
    [InlineData("", null, "sort-unknown-attribute")]
    [InlineData("shoeSize", null, "sort-unknown-attribute")]
    [InlineData("name.shoe", null, "sort-unknown-attribute")]
    [InlineData("meta.location", null, "sort-unknown-attribute")]
    [InlineData("urn:unknown:User:title", null, "sort-unknown-attribute")]
    [InlineData("members", null, "sort-unknown-attribute")]
    [InlineData("name", null, "sort-complex-attribute")]
    [InlineData("addresses", null, "sort-complex-attribute")]
    [InlineData("meta", null, "sort-complex-attribute")]
    [InlineData("password", null, "sort-forbidden-attribute")]
    [InlineData("groups", null, "sort-membership")]
    [InlineData("groups.display", null, "sort-membership")]
    [InlineData("title", "", "sort-order-unknown")]
    [InlineData("title", "up", "sort-order-unknown")]
    public void Parse_WhatCannotBeSortedBy_IsInvalidValue(string sortBy, string? sortOrder, string id) =>
        Json.Refused("invalidValue", id, Sort.Parse(ResourceTypes.User, [], sortBy, sortOrder));

    // A list of several types: what only another type knows has no value here; what nobody knows is an error.
    [Fact]
    public void Parse_AttributeOfAnotherType_IsMissingHere()
    {
        var sort = Sort.Parse(ResourceTypes.Group, [ResourceTypes.User], "userName", null).Value!;
        Assert.Equal(SortKey.Missing, Key(sort, """{"displayName":"g"}"""));
        var qualified = Sort.Parse(ResourceTypes.Group, [ResourceTypes.User], SchemaUrns.User + ":displayName", null).Value!;
        Assert.Equal(SortKey.Missing, Key(qualified, """{"displayName":"g"}"""));
        Json.Refused("invalidValue", "sort-unknown-attribute", Sort.Parse(ResourceTypes.Group, [ResourceTypes.User], "shoeSize", null));
    }

    // P3: the primary value, otherwise the first.
    [Theory]
    [InlineData("""[{"value":"b"},{"value":"a"}]""", "B")]
    [InlineData("""[{"value":"b"},{"value":"a","primary":true}]""", "A")]
    [InlineData("""[{"value":"b","primary":false},{"value":"a","primary":false}]""", "B")]
    [InlineData("""[{"type":"work"},{"value":"a"}]""", null)]
    [InlineData("[]", null)]
    public void Key_OfManyValues_IsThePrimaryOrTheFirst(string emails, string? text) =>
        Assert.Equal(new SortKey(text, null), Key(Sort.Parse(ResourceTypes.User, [], "emails", null).Value!, $$"""{"emails":{{emails}}}"""));

    [Fact]
    public void Key_OfALongText_IsCutAndNotWithinACharacter()
    {
        var sort = Sort.Parse(Things.Type, [], "key", null).Value!;
        var letters = new string('x', SortKey.MaxLength - 1);

        Assert.Equal(letters + "y", Key(sort, $$"""{"key":"{{letters}}yz"}""").Text);
        Assert.Equal(letters, Key(sort, $$"""{"key":"{{letters}}😀z"}""").Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("'")]
    [InlineData("'a 'b #c")]
    [InlineData("#-1.5")]
    [InlineData("#639000000000000000")]
    public void Key_WrittenAndRead_IsTheSame(string text) => Assert.Equal(text, SortKey.Parse(text).ToString());

    [Theory]
    [InlineData("x")]
    [InlineData("#")]
    [InlineData("#one")]
    public void Key_NotWrittenByIt_IsNotRead(string text) => Assert.Null(SortKey.Parse(text));

    private static SortKey Key(Sort sort, string resource)
    {
        using var document = JsonDocument.Parse(resource);
        return SortKey.Of(sort.Path, document.RootElement);
    }
}
