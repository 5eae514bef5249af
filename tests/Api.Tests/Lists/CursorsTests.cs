using CsCheck;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.Scim.Lists;
using OrleansIdentity.Api.Tests.Product;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Paging;
using OrleansIdentity.Scim.Search;

namespace OrleansIdentity.Api.Tests.Lists;

/// <summary>What a cursor is worth: where, for how long, to whom.</summary>
public sealed class CursorsTests
{
    private static readonly Cursors.Owner Owner = new("acme", "token-1", "Users");

    private readonly FakeTimeProvider _time = new();
    private readonly Cursors _cursors;

    public CursorsTests() => _cursors = Node(RunningProduct.KeyEncryptionKey);

    // K4.
    [Fact]
    public void Seal_AnyPlaceAndQuery_IsUnreservedAndOpensToThatPlace() => Gen.Select(Gen.String, Gen.String, Gen.String, Gen.Int[1, 1_000]).Sample((filter, sortBy, text, count) =>
    {
        var place = $"user 1 '{string.Concat(text.Where(letter => !char.IsSurrogate(letter)))}";
        var search = new SearchRequest(null, null, filter, sortBy, null, new PageRequest(1, count, ""));
        var cursor = _cursors.Seal(Owner, search, place);
        Assert.All(cursor, letter => Assert.True(char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'));
        Assert.Equal(place, _cursors.Open(Owner, With(search, cursor)).Value);
    }, iter: 300);

    // Whichever node answers next has the same key.
    [Fact]
    public void Open_OnAnotherNode_IsTheSamePlace()
    {
        Assert.Equal("place", Node(RunningProduct.KeyEncryptionKey).Open(Owner, With(Search(), Sealed())).Value);
        Refused("cursor-invalid", Node(Convert.ToBase64String(new byte[32])).Open(Owner, With(Search(), Sealed())));
    }

    // K7, K10: as long as cursorTimeout says, and no longer.
    [Fact]
    public void Open_AfterTheTimeout_IsExpiredCursor()
    {
        var search = With(Search(), Sealed());
        _time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        Assert.True(_cursors.Open(Owner, search).Succeeded);
        _time.Advance(TimeSpan.FromSeconds(1));
        Refused("cursor-expired", _cursors.Open(Owner, search));
        Refused("cursor-invalid", _cursors.Open(Owner with { Tenant = "other" }, search));
    }

    // K11.
    [Fact]
    public void Open_AnotherTenantCallerOrList_IsInvalidCursor()
    {
        var search = With(Search(), Sealed());
        Refused("cursor-invalid", _cursors.Open(Owner with { Tenant = "other" }, search));
        Refused("cursor-invalid", _cursors.Open(Owner with { Caller = "token-2" }, search));
        Refused("cursor-invalid", _cursors.Open(Owner with { List = "Groups" }, search));
    }

    // K5.
    [Fact]
    public void Open_WithAnotherQuery_IsRefusedAndSaysWhy()
    {
        var search = With(Search(), Sealed());
        Refused("count-changed", _cursors.Open(Owner, search with { Page = search.Page with { Count = 11 } }));
        Refused("cursor-of-another-query", _cursors.Open(Owner, search with { Filter = null }));
        Refused("cursor-of-another-query", _cursors.Open(Owner, search with { SortBy = "userName" }));
        Refused("cursor-of-another-query", _cursors.Open(Owner, search with { SortOrder = "descending" }));
        Refused("cursor-of-another-query", _cursors.Open(Owner, search with { Filter = "title pr5:title", SortBy = null }));
        Assert.True(_cursors.Open(Owner, search with { Attributes = "id" }).Succeeded);
    }

    private static void Refused(string id, Outcome<string> outcome) => Assert.Equal(id, outcome.Succeeded ? "opened" : outcome.Error.Id);

    private static SearchRequest Search() => new(null, null, "title pr", "title", null, new PageRequest(1, 10, ""));

    private static SearchRequest With(SearchRequest search, string cursor) => search with { Page = search.Page with { Cursor = cursor } };

    private string Sealed() => _cursors.Seal(Owner, Search(), "place");

    private Cursors Node(string key) => new(Options.Create(new SecretsOptions { KeyEncryptionKey = key }), _time);
}
