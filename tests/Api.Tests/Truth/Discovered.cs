using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Truth;

/// <summary>A resource type as the server describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Endpoint">Where its resources are, relative to the base URL.</param>
/// <param name="Schema">The URN of its core schema.</param>
/// <param name="Attributes">Every attribute and sub-attribute, of the core schema and of its extensions.</param>
internal sealed record DiscoveredType(string Name, string Endpoint, string Schema, IReadOnlyList<Discovered> Attributes);

/// <summary>An attribute as the server describes it: nothing is known of it but what <c>/Schemas</c> says.</summary>
/// <param name="Urn">The extension that it is in; null for the core schema.</param>
/// <param name="Parent">The complex attribute that it is a part of; null for none.</param>
/// <param name="Definition">Its entry.</param>
internal sealed record Discovered(string? Urn, Discovered? Parent, JsonObject Definition)
{
    public string Name => Text("name");

    public string Type => Text("type");

    public bool MultiValued => Definition["multiValued"]!.GetValue<bool>();

    public bool Required => Definition["required"]!.GetValue<bool>();

    public bool CaseExact => Definition["caseExact"]!.GetValue<bool>();

    public bool IsReadOnly => Text("mutability") == "readOnly" || Parent?.IsReadOnly == true;

    public bool IsReadWrite => Text("mutability") == "readWrite" && Parent?.IsReadWrite != false;

    public bool IsNeverReturned => Text("returned") == "never";

    public string Uniqueness => Text("uniqueness");

    public string[] CanonicalValues => [.. (Definition["canonicalValues"]?.AsArray() ?? []).Select(value => value!.GetValue<string>())];

    /// <summary>Memberships can be asked about and changed by id alone, as the documentation says.</summary>
    public bool IsMembership => (Parent ?? this).Name is "members" or "groups";

    /// <summary>Its whole name.</summary>
    public string Path => (Urn is null ? "" : Urn + ":") + (Parent is null ? "" : Parent.Name + ".") + Name;

    public override string ToString() => Path;

    /// <summary>Reads everything that there is to discover.</summary>
    public static async Task<IReadOnlyList<DiscoveredType>> ReadAsync(ScimClient scim)
    {
        var schemas = (await scim.GetAsync("Schemas")).Body!["Resources"]!.AsArray().ToDictionary(schema => schema!["id"]!.GetValue<string>());
        return [.. (await scim.GetAsync("ResourceTypes")).Body!["Resources"]!.AsArray().Select(type =>
        {
            var core = type!["schema"]!.GetValue<string>();
            var extensions = type["schemaExtensions"]!.AsArray().Select(extension => extension!["schema"]!.GetValue<string>());
            return new DiscoveredType(
                type["name"]!.GetValue<string>(),
                type["endpoint"]!.GetValue<string>().TrimStart('/'),
                core,
                [.. Of(schemas[core]!, null), .. extensions.SelectMany(urn => Of(schemas[urn]!, urn))]);
        })];
    }

    /// <summary>Where it is in a representation; null when it is not there. Of a multi-valued parent, the first element is looked at.</summary>
    public JsonNode? In(JsonObject resource)
    {
        var container = Urn is null ? resource : resource[Urn];
        var parent = Parent is null ? container : container?[Parent.Name] is JsonArray array ? array[0] : container?[Parent.Name];
        return parent?[Name];
    }

    /// <summary>Puts a value where it belongs in a body.</summary>
    public void Put(JsonObject body, JsonNode value)
    {
        var container = Urn is null ? body : (JsonObject)(body[Urn] ??= new JsonObject());
        if (Parent is null)
        {
            container[Name] = value;
        }
        else if (Parent.MultiValued)
        {
            container[Parent.Name] = new JsonArray(new JsonObject { [Name] = value });
        }
        else
        {
            ((JsonObject)(container[Parent.Name] ??= new JsonObject()))[Name] = value;
        }
    }

    private static IEnumerable<Discovered> Of(JsonNode schema, string? urn) => schema["attributes"]!.AsArray().SelectMany(attribute =>
    {
        var whole = new Discovered(urn, null, attribute!.AsObject());
        return (attribute["subAttributes"]?.AsArray() ?? []).Select(part => new Discovered(urn, whole, part!.AsObject())).Prepend(whole);
    });

    private string Text(string member) => Definition[member]!.GetValue<string>();
}
