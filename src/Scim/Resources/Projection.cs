using System.Text.Json;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Paths;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Resources;

/// <summary>
/// Which attributes a response shows (RFC 7644 §3.9, RFC 7643 §7). What is returned always stays, and a part that is stays wherever its attribute is
/// shown; what is returned on request is shown where it is named itself; what is returned never is not stored.
/// </summary>
public sealed class Projection
{
    private readonly ResourceType _type;
    private readonly HashSet<string> _names;
    private readonly bool _excludes;

    private Projection(ResourceType type, HashSet<string> names, bool excludes)
    {
        _type = type;
        _names = names;
        _excludes = excludes;
    }

    private enum Extent
    {
        Nothing,
        SomeParts,
        Whole,
    }

    /// <summary>Reads the query parameters. Unknown names are ignored.</summary>
    /// <returns>The projection, null when all that is stored is to be shown; or 400 <c>invalidValue</c> when both are given.</returns>
    public static Outcome<Projection?> Parse(ResourceType type, string? attributes, string? excludedAttributes)
    {
        if (attributes is not null && excludedAttributes is not null)
        {
            return ScimErrors.InvalidValue("projection-ambiguous", "Give either 'attributes' or 'excludedAttributes', not both.");
        }

        if ((attributes ?? excludedAttributes) is not { } list)
        {
            return type.HasRequestOnly ? new Projection(type, [], excludes: true) : (Projection?)null;
        }

        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // An unknown extension is stored under the name that it came with, so it is asked for by that name.
            names.Add(AttributePath.Parse(type, name).TryGet(out var path, out _) ? path.ToString() : name);
        }

        return new Projection(type, names, excludes: excludedAttributes is not null);
    }

    /// <summary>Writes what is to be shown of a resource.</summary>
    public void Write(JsonElement resource, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var member in resource.EnumerateObject())
        {
            var place = SchemaUrns.IsUrn(member.Name)
                ? new Place(_type.FindExtension(member.Name)?.AsAttribute, member.Name, ':')
                : new Place(_type.Find(member.Name), member.Name, '.');
            WriteMember(member, place, ExtentOf(place, _excludes), writer);
        }

        writer.WriteEndObject();
    }

    /// <summary>Whether a part of a complex attribute at the top level is to be shown, where it is there.</summary>
    public bool Shows(AttributeDefinition attribute, AttributeDefinition part)
    {
        var place = new Place(attribute, attribute.Name, '.');
        return ExtentOf(place, _excludes) is var extent and not Extent.Nothing && ExtentOf(place.Part(part.Name), extent == Extent.Whole) != Extent.Nothing;
    }

    private void WriteMember(JsonProperty member, Place place, Extent extent, Utf8JsonWriter writer)
    {
        if (!Shows(member.Value, place, extent))
        {
            return;
        }

        if (IsUncut(place, extent))
        {
            member.WriteTo(writer);
        }
        else
        {
            writer.WritePropertyName(member.Name);
            WriteParts(member.Value, place, extent, writer);
        }
    }

    private void WriteParts(JsonElement value, Place place, Extent extent, Utf8JsonWriter writer)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var element in value.EnumerateArray().Where(element => Shows(element, place, extent)))
                {
                    WriteParts(element, place, extent, writer);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    var part = place.Part(member.Name);
                    WriteMember(member, part, ExtentOf(part, extent == Extent.Whole), writer);
                }

                writer.WriteEndObject();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    // A value of which no part is left would be an empty object, and that is no value (RFC 7643 §2.5).
    private bool Shows(JsonElement value, Place place, Extent extent) =>
        extent != Extent.Nothing
        && (IsUncut(place, extent) || value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray().Any(element => Shows(element, place, extent)),
            JsonValueKind.Object => value.EnumerateObject().Any(member =>
                place.Part(member.Name) is var part && Shows(member.Value, part, ExtentOf(part, extent == Extent.Whole))),
            _ => extent == Extent.Whole,
        });

    private Extent ExtentOf(Place place, bool parentIsWhole)
    {
        if (place.Attribute?.Returned == Returned.Always)
        {
            return Extent.Whole;
        }

        var isNamed = _names.Contains(place.Path);
        var byDefault = parentIsWhole && place.Attribute?.Returned != Returned.Request;
        return (_excludes ? byDefault && !isNamed : byDefault || isNamed) ? Extent.Whole
            : (!_excludes && HasNamedParts(place)) || place.HasAlwaysAttributes ? Extent.SomeParts
            : Extent.Nothing;
    }

    private bool IsUncut(Place place, Extent extent) => extent == Extent.Whole && !HasNamedParts(place) && place.Attribute?.HasRequestOnly != true;

    private bool HasNamedParts(Place place) => _names.Any(name =>
        name.Length > place.Path.Length && name[place.Path.Length] == place.Separator && name.StartsWith(place.Path, StringComparison.OrdinalIgnoreCase));

    /// <summary>A member of a resource or of a value in it.</summary>
    /// <param name="Attribute">What it is; null when no schema knows.</param>
    /// <param name="Path">Its whole name.</param>
    /// <param name="Separator">What stands between it and its parts: a colon behind a URN, a dot behind an attribute.</param>
    private readonly record struct Place(AttributeDefinition? Attribute, string Path, char Separator)
    {
        // What stands in an extension is an attribute, and no part of one that could be left out with it.
        public bool HasAlwaysAttributes => Separator == ':' && Attribute?.SubAttributes.Any(part => part.Returned == Returned.Always) == true;

        public Place Part(string name) => new(Attribute?.Find(name), $"{Path}{Separator}{name}", '.');
    }
}
