using System.Text;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Paging;
using OrleansIdentity.Scim.Schemas;
using OrleansIdentity.Scim.Search;
using OrleansIdentity.Scim.Tests.Support;

namespace OrleansIdentity.Scim.Tests.Search;

/// <summary>RFC 7644 §3.4.3: a query as a body says the same as one of parameters.</summary>
public sealed class SearchRequestTests
{
    [Fact]
    public void Read_EveryMember_IsWhatTheParametersWouldSay()
    {
        var parameters = new Dictionary<string, string?>
        {
            ["attributes"] = "userName,name.givenName",
            ["excludedAttributes"] = "title",
            ["filter"] = "active eq true",
            ["sortBy"] = "userName",
            ["sortOrder"] = "descending",
            ["startIndex"] = "3",
            ["count"] = "7",
        };
        var body = """
            "attributes":["userName","name.givenName"],"excludedAttributes":["title"],"filter":"active eq true","sortBy":"userName",
            "sortOrder":"descending","startIndex":3,"count":7
            """;

        Assert.Equal(SearchRequest.From(parameters.GetValueOrDefault, Engine.Limits).Value, Read(body).Value);
        Assert.Equal(new PageRequest(1, 7, "abc"), Read("\"cursor\":\"abc\",\"count\":7").Value.Page);
    }

    // C4, C5, C11: letter case of names, what is unassigned, and what is unknown.
    [Theory]
    [InlineData("")]
    [InlineData("\"attributes\":null,\"excludedAttributes\":[],\"filter\":null,\"sortBy\":null,\"startIndex\":null,\"count\":null,\"cursor\":null")]
    [InlineData("\"unknown\":{\"filter\":1},\"bulkId\":[1]")]
    public void Read_NothingGiven_IsTheFirstPageOfEverything(string members) =>
        Assert.Equal(new SearchRequest(null, null, null, null, null, new PageRequest(1, 100)), Read(members).Value);

    [Fact]
    public void Read_NamesInOddCase_AreKnown() =>
        Assert.Equal(("a", "b", 5), Read("\"FILTER\":\"a\",\"SortBy\":\"b\",\"COUNT\":5").Value is var search ? (search.Filter, search.SortBy, search.Page.Count) : default);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"schemas":[]}""")]
    [InlineData("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"]}""")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],"filter":"a","Filter":"b"}""")]
    public void Read_NoSearchRequest_IsInvalidSyntax(string body) => Json.Refused("invalidSyntax", SearchRequest.Read(Encoding.UTF8.GetBytes(body), Engine.Limits));

    [Theory]
    [InlineData("\"filter\":1")]
    [InlineData("\"attributes\":[1]")]
    [InlineData("\"attributes\":{}")]
    [InlineData("\"sortBy\":[\"userName\"]")]
    [InlineData("\"count\":\"10\"")]
    [InlineData("\"cursor\":true")]
    [InlineData("\"startIndex\":1.5")]
    public void Read_MemberOfTheWrongType_IsInvalidValue(string members) => Json.Refused("invalidValue", Read(members));

    private static Outcome<SearchRequest> Read(string members) => SearchRequest.Read(
        Encoding.UTF8.GetBytes($$"""{"schemas":["{{SchemaUrns.SearchRequest}}"]{{(members.Length == 0 ? "" : "," + members)}}}"""), Engine.Limits);
}
