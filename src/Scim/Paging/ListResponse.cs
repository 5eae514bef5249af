using System.Buffers;
using System.Buffers.Text;

namespace OrleansIdentity.Scim.Paging;

/// <summary>Writes the envelope of a list (RFC 7644 §3.4.2). Its numbers are JSON numbers: Okta fails on strings, without saying why.</summary>
public static class ListResponse
{
    /// <summary>Everything before the first resource.</summary>
    public static void WriteStart(IBufferWriter<byte> output, long totalResults, int startIndex, int itemsPerPage)
    {
        output.Write("{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:ListResponse\"],\"totalResults\":"u8);
        Number(output, totalResults);
        output.Write(",\"startIndex\":"u8);
        Number(output, startIndex);
        output.Write(",\"itemsPerPage\":"u8);
        Number(output, itemsPerPage);
        output.Write(",\"Resources\":["u8);
    }

    /// <summary>What stands between two resources.</summary>
    public static void WriteSeparator(IBufferWriter<byte> output) => output.Write(","u8);

    /// <summary>Everything after the last resource.</summary>
    public static void WriteEnd(IBufferWriter<byte> output) => output.Write("]}"u8);

    private static void Number(IBufferWriter<byte> output, long value)
    {
        Utf8Formatter.TryFormat(value, output.GetSpan(20), out var written);
        output.Advance(written);
    }
}
