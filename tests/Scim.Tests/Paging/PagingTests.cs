using System.Buffers;
using CsCheck;
using OrleansIdentity.Scim.Paging;
using OrleansIdentity.Scim.Tests.Support;

namespace OrleansIdentity.Scim.Tests.Paging;

/// <summary>RFC 7644 §3.4.2.4, RFC 9865.</summary>
public sealed class PagingTests
{
    // P5: positions start at 1, and what is below is 1. P6: a negative count is 0. P7: never more than asked for, or than the limit.
    [Theory]
    [InlineData(null, null, 1, 100)]
    [InlineData("1", "2", 1, 2)]
    [InlineData("101", "100", 101, 100)]
    [InlineData("0", "10", 1, 10)]
    [InlineData("-5", "10", 1, 10)]
    [InlineData("1", "0", 1, 0)]
    [InlineData("1", "-1", 1, 0)]
    [InlineData("1", "1000", 1, 1_000)]
    [InlineData("1", "1001", 1, 1_000)]
    [InlineData("2147483648", "2147483648", int.MaxValue, 1_000)]
    [InlineData("99999999999999999999999999", "99999999999999999999999999", int.MaxValue, 1_000)]
    [InlineData("-99999999999999999999999999", "-99999999999999999999999999", 1, 0)]
    public void Page_AnyInteger_IsBroughtIntoRange(string? startIndex, string? count, int first, int most) =>
        Assert.Equal(new PageRequest(first, most), PageRequest.Parse(startIndex, count, null, Engine.Limits).Value);

    // K1: a cursor begins empty. P7, K10: a count above the limit is the limit.
    [Theory]
    [InlineData(null, "", 100)]
    [InlineData("7", "abc", 7)]
    [InlineData("1001", "abc", 1_000)]
    public void Cursor_WithACount_IsAPageByCursor(string? count, string cursor, int most) =>
        Assert.Equal(new PageRequest(1, most, cursor), PageRequest.Parse(null, count, cursor, Engine.Limits).Value);

    // K7: a count of a walk by cursor is a positive integer.
    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("")]
    [InlineData("1.5")]
    [InlineData("many")]
    public void Cursor_WithoutAPositiveCount_IsInvalidCount(string count) =>
        Json.Refused("invalidCount", "count-invalid", PageRequest.Parse(null, count, "", Engine.Limits));

    // RFC 9865 §2.4: startIndex and cursor each ask for a method of paging.
    [Fact]
    public void Cursor_WithAStartIndex_IsInvalidValue() => Json.Refused("invalidValue", "paging-ambiguous", PageRequest.Parse("1", null, "", Engine.Limits));

    // P8: what is no integer.
    [Theory]
    [InlineData("")]
    [InlineData(" 1")]
    [InlineData("1.0")]
    [InlineData("1e3")]
    [InlineData("0x10")]
    [InlineData("one")]
    [InlineData("١")]
    [InlineData("1,000")]
    [InlineData("--1")]
    public void Page_NoInteger_IsInvalidValue(string text)
    {
        Json.Refused("invalidValue", "paging-not-an-integer", PageRequest.Parse(text, null, null, Engine.Limits));
        Json.Refused("invalidValue", "paging-not-an-integer", PageRequest.Parse(null, text, null, Engine.Limits));
    }

    [Fact]
    public void Page_AnyText_AnswersInRange() => Gen.Select(Gen.String, Gen.Long).Sample((text, number) =>
    {
        foreach (var given in new[] { text, number.ToString(System.Globalization.CultureInfo.InvariantCulture) })
        {
            Assert.True(!PageRequest.Parse(given, given, null, Engine.Limits).TryGet(out var page, out _) || page is { StartIndex: >= 1, Count: >= 0 and <= 1_000 });
            Assert.True(!PageRequest.Parse(null, given, given, Engine.Limits).TryGet(out page, out _) || page is { StartIndex: 1, Count: >= 1 and <= 1_000 });
        }
    });

    // The numbers of a list are JSON numbers, and an empty list has an empty array.
    [Fact]
    public void Envelope_WithAndWithoutResources_IsAListResponse()
    {
        Json.Same(
            """{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0,"startIndex":1,"itemsPerPage":0,"Resources":[]}""",
            Envelope(0, 1));
        Json.Same(
            """
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":9223372036854775807,"startIndex":2147483647,"itemsPerPage":2,
             "Resources":[{},{}]}
            """,
            Envelope(long.MaxValue, int.MaxValue, "{}", "{}"));
    }

    // K2: nextCursor on every page but the last. RFC 9865 §2: such a page has no startIndex.
    [Theory]
    [InlineData("a-Z_0", ",\"nextCursor\":\"a-Z_0\"")]
    [InlineData(null, "")]
    public void Envelope_OfAPageByCursor_HasTheNextOne(string? cursor, string member)
    {
        var output = new ArrayBufferWriter<byte>();
        ListResponse.WriteStart(output, 7, 0, cursor);
        ListResponse.WriteEnd(output);
        Assert.Equal(
            $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":7{{member}},"itemsPerPage":0,"Resources":[]}""",
            System.Text.Encoding.UTF8.GetString(output.WrittenSpan));
    }

    private static string Envelope(long total, int startIndex, params string[] resources)
    {
        var output = new ArrayBufferWriter<byte>();
        ListResponse.WriteStart(output, total, startIndex, resources.Length);
        for (var index = 0; index < resources.Length; index++)
        {
            if (index > 0)
            {
                ListResponse.WriteSeparator(output);
            }

            output.Write(System.Text.Encoding.UTF8.GetBytes(resources[index]));
        }

        ListResponse.WriteEnd(output);
        return Json.Node(output.WrittenSpan).ToJsonString();
    }
}
