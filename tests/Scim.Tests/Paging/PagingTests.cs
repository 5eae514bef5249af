using System.Buffers;
using CsCheck;
using OrleansIdentity.Scim.Paging;
using OrleansIdentity.Scim.Tests.Support;

namespace OrleansIdentity.Scim.Tests.Paging;

/// <summary>RFC 7644 §3.4.2.4.</summary>
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
        Assert.Equal(new PageRequest(first, most), PageRequest.Parse(startIndex, count, Engine.Limits).Value);

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
        Json.Refused("invalidValue", "paging-not-an-integer", PageRequest.Parse(text, null, Engine.Limits));
        Json.Refused("invalidValue", "paging-not-an-integer", PageRequest.Parse(null, text, Engine.Limits));
    }

    [Fact]
    public void Page_AnyText_AnswersInRange() => Gen.Select(Gen.String, Gen.Long).Sample((text, number) =>
    {
        foreach (var given in new[] { text, number.ToString(System.Globalization.CultureInfo.InvariantCulture) })
        {
            Assert.True(!PageRequest.Parse(given, given, Engine.Limits).TryGet(out var page, out _) || page is { StartIndex: >= 1, Count: >= 0 and <= 1_000 });
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
