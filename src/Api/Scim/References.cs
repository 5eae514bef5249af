using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Api.Scim;

/// <summary>Writes references to other resources: the <c>members</c> of a group (RFC 7643 §4.2), the <c>groups</c> of a user (§4.1.2).</summary>
internal sealed class References
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _name;
    private readonly bool _value;
    private readonly bool _reference;
    private readonly bool _display;
    private readonly bool _type;

    private References(AttributeDefinition attribute, Projection? projection)
    {
        bool Shows(string part) => attribute.Find(part) is { } known && projection?.Shows(attribute, known) != false;
        _name = attribute.Name;
        _value = Shows("value");
        _reference = Shows("$ref");
        _display = Shows("display");
        _type = Shows("type");
    }

    /// <summary>How the references of an attribute are to be written; null when none of their parts is shown.</summary>
    public static References? Of(ResourceType type, string name, Projection? projection)
    {
        var references = new References(type.Find(name)!, projection);
        return references._value || references._reference || references._display || references._type ? references : null;
    }

    /// <summary>Begins the array, as a further member of the object that is being written.</summary>
    public Utf8JsonWriter Begin(IBufferWriter<byte> output)
    {
        output.Write(",\""u8);
        output.Write(JsonEncodedText.Encode(_name).EncodedUtf8Bytes);
        output.Write("\":"u8);
        var writer = new Utf8JsonWriter(output, Compact);
        writer.WriteStartArray();
        return writer;
    }

    /// <summary>Writes one reference.</summary>
    public void Write(Utf8JsonWriter writer, string id, string address, string? display, string type)
    {
        writer.WriteStartObject();
        if (_value)
        {
            writer.WriteString("value"u8, id);
        }

        if (_reference)
        {
            writer.WriteString("$ref"u8, address);
        }

        if (_display && display is not null)
        {
            writer.WriteString("display"u8, display);
        }

        if (_type)
        {
            writer.WriteString("type"u8, type);
        }

        writer.WriteEndObject();
    }
}
