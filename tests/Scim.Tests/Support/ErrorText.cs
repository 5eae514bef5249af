using System.Buffers;
using System.Text;
using System.Text.Json;
using OrleansIdentity.Scim.Errors;

namespace OrleansIdentity.Scim.Tests.Support;

/// <summary>An error as it goes over the wire.</summary>
internal static class ErrorText
{
    public static string Of(ScimError error)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            error.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
