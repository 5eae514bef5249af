using System.Text.Json.Nodes;

namespace OrleansIdentity.OktaSimulator.Apps;

/// <summary>
/// Where an attribute is in a resource, as Okta's profile editor names it: a namespace and an external name such as <c>name.givenName</c> or
/// <c>addresses.^[type=='work'].locality</c>.
/// </summary>
internal sealed class ExternalName
{
    private const string SelectorStart = "^[type=='";
    private const string SelectorEnd = "']";

    private readonly string? _extension;
    private readonly string _attribute;
    private readonly string? _type;
    private readonly string? _subAttribute;

    /// <param name="name">The external name.</param>
    /// <param name="extension">The external namespace; null for the core schema, whose attributes are at the top.</param>
    public ExternalName(string name, string? extension = null)
    {
        _extension = extension;
        var parts = name.Split('.');
        _attribute = parts[0];
        _type = parts.Length == 3 ? parts[1][SelectorStart.Length..^SelectorEnd.Length] : null;
        _subAttribute = parts.Length > 1 ? parts[^1] : null;
    }

    /// <summary>The URN that has to be in <c>schemas</c> when the attribute has a value.</summary>
    public string? Extension => _extension;

    /// <summary>The value in a resource; null when it has none, which an empty string is too.</summary>
    public string? Read(JsonObject resource)
    {
        var holder = _extension is null ? resource : resource[_extension] as JsonObject;
        var node = holder?[_attribute];
        if (_type is not null)
        {
            node = Element(node as JsonArray);
        }

        if (_subAttribute is not null)
        {
            node = (node as JsonObject)?[_subAttribute];
        }

        return node switch
        {
            null => null,
            JsonValue value when value.TryGetValue<string>(out var text) => text.Length == 0 ? null : text,
            _ => node.ToJsonString(),
        };
    }

    /// <summary>Puts a value into a resource; null is written as JSON null.</summary>
    public void Write(JsonObject resource, string? value)
    {
        var holder = _extension is null ? resource : Child(resource, _extension);
        if (_subAttribute is null)
        {
            holder[_attribute] = value;
        }
        else if (_type is null)
        {
            Child(holder, _attribute)[_subAttribute] = value;
        }
        else
        {
            ElementToWrite(holder)[_subAttribute] = value;
        }
    }

    /// <summary>Takes the attribute out of a resource.</summary>
    public void Remove(JsonObject resource)
    {
        if ((_extension is null ? resource : resource[_extension] as JsonObject) is not { } holder)
        {
            return;
        }

        if (_subAttribute is null)
        {
            holder.Remove(_attribute);
        }
        else
        {
            ((_type is null ? holder[_attribute] : Element(holder[_attribute] as JsonArray)) as JsonObject)?.Remove(_subAttribute);
        }
    }

    private JsonObject? Element(JsonArray? elements) =>
        elements?.OfType<JsonObject>().FirstOrDefault(element => element["type"] is JsonValue type && type.TryGetValue<string>(out var text) && text == _type);

    private JsonObject ElementToWrite(JsonObject holder)
    {
        if (holder[_attribute] is not JsonArray elements)
        {
            holder[_attribute] = elements = [];
        }

        if (Element(elements) is { } found)
        {
            return found;
        }

        var element = new JsonObject { ["type"] = _type };
        if (!elements.OfType<JsonObject>().Any(other => other["primary"]?.ToString() == "true"))
        {
            element["primary"] = true;
        }

        elements.Add((JsonNode)element);
        return element;
    }

    private static JsonObject Child(JsonObject parent, string name)
    {
        if (parent[name] is not JsonObject child)
        {
            parent[name] = child = [];
        }

        return child;
    }
}
