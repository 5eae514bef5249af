using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace OrleansIdentity.Scim.Paging;

/// <summary>Writes the envelope of a list (RFC 7644 §3.4.2). Its numbers are JSON numbers: Okta fails on strings, without saying why.</summary>
public static class ListResponse
{
    /// <summary>Everything before the first resource of a page by index.</summary>
    public static void WriteStart(IBufferWriter<byte> output, long totalResults, int startIndex, int itemsPerPage)
    {
        WriteTotal(output, totalResults);
        output.Write(",\"startIndex\":"u8);
        Number(output, startIndex);
        WriteSize(output, itemsPerPage);
    }

    /// <summary>Everything before the first resource of a page by cursor (RFC 9865 §2).</summary>
    /// <param name="output">Where to.</param>
    /// <param name="totalResults">How many resources there are on all pages.</param>
    /// <param name="itemsPerPage">How many there are on this one.</param>
    /// <param name="nextCursor">The cursor of the next page, of unreserved characters; null on the last.</param>
    public static void WriteStart(IBufferWriter<byte> output, long totalResults, int itemsPerPage, string? nextCursor)
    {
        WriteTotal(output, totalResults);
        if (nextCursor is not null)
        {
            output.Write(",\"nextCursor\":\""u8);
            output.Write(Encoding.ASCII.GetBytes(nextCursor));
            output.Write("\""u8);
        }

        WriteSize(output, itemsPerPage);
    }

    /// <summary>What stands between two resources.</summary>
    public static void WriteSeparator(IBufferWriter<byte> output) => output.Write(","u8);

    /// <summary>Everything after the last resource.</summary>
    public static void WriteEnd(IBufferWriter<byte> output) => output.Write("]}"u8);

    private static void WriteTotal(IBufferWriter<byte> output, long totalResults)
    {
        output.Write("{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:ListResponse\"],\"totalResults\":"u8);
        Number(output, totalResults);
    }

    private static void WriteSize(IBufferWriter<byte> output, int itemsPerPage)
    {
        output.Write(",\"itemsPerPage\":"u8);
        Number(output, itemsPerPage);
        output.Write(",\"Resources\":["u8);
    }

    private static void Number(IBufferWriter<byte> output, long value)
    {
        Utf8Formatter.TryFormat(value, output.GetSpan(20), out var written);
        output.Advance(written);
    }
}
