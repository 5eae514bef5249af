using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Bulk;

/// <summary>Goes through data in place: puts an id for each reference, or takes out the value that has one without an id.</summary>
/// <param name="type">The type of the resource that the data are about: its schemas say which attributes refer to resources.</param>
/// <param name="id">The id for a name; null to leave the reference out.</param>
internal sealed class ReferenceWalk(ResourceType type, Func<string, string?> id)
{
    private readonly HashSet<string> _attributes =
    [
        .. type.Attributes.Concat(type.Extensions.SelectMany(extension => extension.Schema.Attributes))
            .Where(BulkReferences.IsReference)
            .Select(attribute => attribute.Name.ToUpperInvariant()),
    ];

    /// <summary>The names that were referred to.</summary>
    public HashSet<string> Found { get; } = new(StringComparer.Ordinal);

    /// <summary>A resource, or a part of one.</summary>
    public void Through(JsonObject resource)
    {
        foreach (var (name, value) in resource.ToList())
        {
            if (Refers(name))
            {
                Put(value, replacement => Set(resource, name, replacement));
            }
            else
            {
                Deeper(value);
            }
        }
    }

    /// <summary>A PatchOp message: values belong to the attribute of their path; a path names elements by what they refer to.</summary>
    public void ThroughPatch(JsonObject message)
    {
        foreach (var operation in (Member(message, "Operations").Value as JsonArray ?? []).OfType<JsonObject>())
        {
            var (pathName, path) = Member(operation, "path");
            var (valueName, value) = Member(operation, "value");
            if (Text(path) is { } text && Refers(text))
            {
                operation[pathName!] = InBrackets(text);
                Put(value, replacement => Set(operation, valueName!, replacement));
            }
            else
            {
                Deeper(value);
            }
        }
    }

    private void Deeper(JsonNode? value)
    {
        if (value is JsonObject parts)
        {
            Through(parts);
        }
        else
        {
            foreach (var element in (value as JsonArray ?? []).ToList())
            {
                Deeper(element);
            }
        }
    }

    // The value of an attribute that refers to resources: an id, an object with one, or an array of either. What has lost its reference goes as a whole.
    private void Put(JsonNode? value, Action<JsonNode?> replace)
    {
        switch (value)
        {
            case JsonArray elements:
                foreach (var element in elements.ToList())
                {
                    Put(element, replacement => Set(elements, element!, replacement));
                }

                break;
            case JsonObject parts when Member(parts, "value") is ({ } name, { } inner):
                Put(inner, replacement =>
                {
                    if (replacement is null)
                    {
                        replace(null);
                    }
                    else
                    {
                        parts[name] = replacement;
                    }
                });
                break;
            case JsonValue when BulkReferences.Named(Text(value)) is { } named:
                Found.Add(named);
                replace(id(named));
                break;
        }
    }

    private string InBrackets(string path)
    {
        const string Opening = "\"bulkId:";
        for (var start = path.IndexOf(Opening, StringComparison.Ordinal); start >= 0; start = path.IndexOf(Opening, start + 1, StringComparison.Ordinal))
        {
            if (path.IndexOf('"', start + 1) is var end && end > 0)
            {
                var name = BulkReferences.Named(path[(start + 1)..end])!;
                Found.Add(name);
                path = $"{path[..(start + 1)]}{id(name)}{path[end..]}";
            }
        }

        return path;
    }

    // Of "urn:…:User:manager.value" and "members[value eq \"x\"]" the attribute alone counts.
    private bool Refers(string name)
    {
        var end = name.IndexOf('[', StringComparison.Ordinal);
        name = end < 0 ? name : name[..end];
        name = name[(name.LastIndexOf(':') + 1)..];
        var part = name.IndexOf('.', StringComparison.Ordinal);
        return _attributes.Contains((part < 0 ? name : name[..part]).ToUpperInvariant())
            && (part < 0 || name[(part + 1)..].Equals("value", StringComparison.OrdinalIgnoreCase));
    }

    private static (string? Name, JsonNode? Value) Member(JsonObject parts, string name)
    {
        foreach (var (found, value) in parts)
        {
            if (found.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return (found, value);
            }
        }

        return default;
    }

    private static void Set(JsonObject parent, string name, JsonNode? value)
    {
        if (value is null)
        {
            parent.Remove(name);
        }
        else
        {
            parent[name] = value;
        }
    }

    private static void Set(JsonArray parent, JsonNode element, JsonNode? value)
    {
        if (value is null)
        {
            parent.Remove(element);
        }
        else
        {
            parent[parent.IndexOf(element)] = value;
        }
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
