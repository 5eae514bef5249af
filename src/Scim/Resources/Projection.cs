using System.Text.Json;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Paths;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Resources;

/// <summary>Which attributes a response shows (RFC 7644 §3.9). What is returned always stays, what is returned never is not stored.</summary>
public sealed class Projection
{
    private readonly HashSet<string> _names;
    private readonly HashSet<string> _always;
    private readonly bool _excludes;

    private Projection(HashSet<string> names, HashSet<string> always, bool excludes)
    {
        _names = names;
        _always = always;
        _excludes = excludes;
    }

    /// <summary>Reads the query parameters. Unknown names are ignored.</summary>
    /// <returns>The projection, null when neither is given; or 400 <c>invalidValue</c> when both are.</returns>
    public static Outcome<Projection?> Parse(ResourceType type, string? attributes, string? excludedAttributes)
    {
        if (attributes is not null && excludedAttributes is not null)
        {
            return ScimErrors.InvalidValue("projection-ambiguous", "Give either 'attributes' or 'excludedAttributes', not both.");
        }

        if ((attributes ?? excludedAttributes) is not { } list)
        {
            return (Projection?)null;
        }

        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // An unknown extension is stored under the name that it came with, so it is asked for by that name.
            names.Add(AttributePath.Parse(type, name).TryGet(out var path, out _) ? path.ToString() : name);
        }

        var always = type.Attributes.Where(attribute => attribute.Returned == Returned.Always).Select(attribute => attribute.Name);
        return new Projection(names, always.ToHashSet(StringComparer.OrdinalIgnoreCase), excludes: excludedAttributes is not null);
    }

    /// <summary>Writes what is to be shown of a resource.</summary>
    public void Write(JsonElement resource, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var member in resource.EnumerateObject())
        {
            if (_always.Contains(member.Name))
            {
                member.WriteTo(writer);
            }
            else
            {
                WriteMember(member, member.Name, SchemaUrns.IsUrn(member.Name) ? ':' : '.', writer);
            }
        }

        writer.WriteEndObject();
    }

    /// <summary>Whether a part of a complex attribute at the top level is to be shown, where it is there.</summary>
    public bool Shows(AttributeDefinition attribute, AttributeDefinition part) =>
        (_names.Contains(attribute.Name) || _names.Contains($"{attribute.Name}.{part.Name}")) != _excludes;

    private void WriteMember(JsonProperty member, string path, char separator, Utf8JsonWriter writer)
    {
        if (!Shows(member.Value, path, separator))
        {
            return;
        }

        if (HasNamedParts(path, separator))
        {
            writer.WritePropertyName(member.Name);
            WriteParts(member.Value, path, separator, writer);
        }
        else
        {
            member.WriteTo(writer);
        }
    }

    private void WriteParts(JsonElement value, string path, char separator, Utf8JsonWriter writer)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var element in value.EnumerateArray().Where(element => Shows(element, path, separator)))
                {
                    WriteParts(element, path, separator, writer);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var part in value.EnumerateObject())
                {
                    WriteMember(part, $"{path}{separator}{part.Name}", '.', writer);
                }

                writer.WriteEndObject();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    // Where parts are named, a value of which none is left would be an empty object, and that is no value (RFC 7643 §2.5).
    private bool Shows(JsonElement value, string path, char separator) => !HasNamedParts(path, separator)
        ? _names.Contains(path) != _excludes
        : value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray().Any(element => Shows(element, path, separator)),
            JsonValueKind.Object => value.EnumerateObject().Any(part => Shows(part.Value, $"{path}{separator}{part.Name}", '.')),
            _ => _excludes,
        };

    private bool HasNamedParts(string path, char separator) => !_names.Contains(path) && _names.Any(name =>
        name.Length > path.Length && name[path.Length] == separator && name.StartsWith(path, StringComparison.OrdinalIgnoreCase));
}
