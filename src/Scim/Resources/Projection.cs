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
                WriteMember(member.Name, member.Name, SchemaUrns.IsUrn(member.Name) ? ':' : '.', member.Value, writer);
            }
        }

        writer.WriteEndObject();
    }

    private void WriteMember(string name, string path, char separator, JsonElement value, Utf8JsonWriter writer)
    {
        var isNamed = _names.Contains(path);
        var hasNamedParts = !isNamed && _names.Any(candidate =>
            candidate.Length > path.Length && candidate[path.Length] == separator && candidate.StartsWith(path, StringComparison.OrdinalIgnoreCase));
        if (!hasNamedParts)
        {
            if (isNamed != _excludes)
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }

            return;
        }

        writer.WritePropertyName(name);
        if (value.ValueKind != JsonValueKind.Array)
        {
            WriteParts(path, separator, value, writer);
            return;
        }

        writer.WriteStartArray();
        foreach (var element in value.EnumerateArray())
        {
            WriteParts(path, separator, element, writer);
        }

        writer.WriteEndArray();
    }

    private void WriteParts(string path, char separator, JsonElement value, Utf8JsonWriter writer)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            value.WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        foreach (var part in value.EnumerateObject())
        {
            WriteMember(part.Name, $"{path}{separator}{part.Name}", '.', part.Value, writer);
        }

        writer.WriteEndObject();
    }
}
