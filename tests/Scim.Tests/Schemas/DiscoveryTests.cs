using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.Scim.Schemas;
using OrleansIdentity.Scim.Tests.Support;

namespace OrleansIdentity.Scim.Tests.Schemas;

/// <summary>The discovery documents: complete, and true of what the engine does.</summary>
public sealed class DiscoveryTests
{
    private const string Base = "https://acme.example/scim/v2";

    private static readonly string[] Words =
    [
        "string", "boolean", "decimal", "integer", "dateTime", "reference", "binary", "complex", "readOnly", "readWrite", "immutable", "writeOnly",
        "always", "never", "default", "request", "none", "server", "global",
    ];

    // D5: every attribute states type, multiValued, required, caseExact, mutability, returned and uniqueness, in the words of RFC 7643 §7.
    [Theory]
    [MemberData(nameof(Schemas))]
    public void Schema_EveryAttribute_StatesItsCharacteristics(string urn)
    {
        foreach (var attribute in Flatten(Document(urn)["attributes"]!.AsArray(), ""))
        {
            Assert.NotEmpty(attribute.Node["description"]!.GetValue<string>());
            foreach (var flag in new[] { "multiValued", "required", "caseExact" })
            {
                Assert.Contains(attribute.Node[flag]!.GetValueKind(), new[] { JsonValueKind.True, JsonValueKind.False });
            }

            foreach (var word in new[] { "type", "mutability", "returned", "uniqueness" })
            {
                Assert.Contains(attribute.Node[word]!.GetValue<string>(), Words);
            }

            // RFC 7643 §7: sub-attributes and referenceTypes for the types that have them.
            Assert.Equal(attribute.Node["type"]!.GetValue<string>() == "complex", attribute.Node["subAttributes"] is JsonArray { Count: > 0 });
            Assert.Equal(attribute.Node["type"]!.GetValue<string>() == "reference", attribute.Node["referenceTypes"] is JsonArray { Count: > 0 });
        }
    }

    // RFC 7643 §8.7.1 has no other attributes, but for `addresses.primary`, which §2.4 gives to every multi-valued attribute.
    [Theory]
    [MemberData(nameof(Schemas))]
    public void Schema_HasTheAttributesOfTheRfc(string urn)
    {
        var published = Flatten(Document(urn)["attributes"]!.AsArray(), "").Select(Rfc7643.Row.Of);

        Assert.Equal(Rfc7643.Attributes(urn).Select(row => row.ToString()).Order(), published.Select(row => row.ToString()).Order());
    }

    // D3: a schema has its URN as id; D6: a resource type has name, endpoint, schema and schemaExtensions.
    [Fact]
    public void Documents_HaveIdsSchemasAndLocations()
    {
        var schema = Document(SchemaUrns.EnterpriseUser);
        Assert.Equal(SchemaUrns.EnterpriseUser, schema["id"]!.GetValue<string>());
        Json.Same($"[\"{SchemaUrns.Schema}\"]", schema["schemas"]);
        Json.Same($"{{\"resourceType\":\"Schema\",\"location\":\"{Base}/Schemas/{SchemaUrns.EnterpriseUser}\"}}", schema["meta"]);

        Json.Same(
            $$$"""
            {"schemas":["{{{SchemaUrns.ResourceType}}}"],"id":"User","name":"User","description":"User Account",
             "endpoint":"/Users","schema":"{{{SchemaUrns.User}}}",
             "schemaExtensions":[{"schema":"{{{SchemaUrns.EnterpriseUser}}}","required":false}],
             "meta":{"resourceType":"ResourceType","location":"{{{Base}}}/ResourceTypes/User"} }
            """,
            Written(writer => DiscoveryDocuments.WriteResourceType(writer, ResourceTypes.User, Base)));
    }

    // D4: the members that ServiceProviderConfig must have. F1: filtering is advertised, with the limit that holds.
    [Fact]
    public void ServiceProviderConfig_HasWhatItMust()
    {
        var config = Written(writer => new ServiceProviderConfig(Engine.Limits, 1_048_576).WriteTo(writer, Base));

        Json.Same($"[\"{SchemaUrns.ServiceProviderConfig}\"]", config["schemas"]);
        Json.Same("""{"supported":true}""", config["patch"]);
        Json.Same("""{"supported":true,"maxOperations":1000,"maxPayloadSize":1048576}""", config["bulk"]);
        Json.Same("""{"supported":true,"maxResults":1000}""", config["filter"]);
        Json.Same("""{"supported":false}""", config["changePassword"]);
        Json.Same("""{"supported":true}""", config["sort"]);
        Json.Same("""{"supported":true}""", config["etag"]);
        Json.Same(
            """{"cursor":true,"index":true,"defaultPaginationMethod":"index","defaultPageSize":100,"maxPageSize":1000,"cursorTimeout":3600}""",
            config["pagination"]);
        var scheme = Assert.Single(config["authenticationSchemes"]!.AsArray())!;
        Assert.Equal("oauthbearertoken", scheme["type"]!.GetValue<string>());
        Assert.All(new[] { "name", "description" }, name => Assert.NotEmpty(scheme[name]!.GetValue<string>()));
    }

    // Truthful: what is published as writable is kept, what is read-only or never returned is not, and each is filterable as it says.
    [Theory]
    [InlineData(SchemaUrns.User)]
    [InlineData(SchemaUrns.EnterpriseUser)]
    public void Schema_SaysWhatTheEngineDoes(string urn)
    {
        var prefix = urn == SchemaUrns.User ? "" : urn + ":";
        foreach (var (path, node) in Flatten(Document(urn)["attributes"]!.AsArray(), ""))
        {
            var isKept = node["mutability"]!.GetValue<string>() == "readWrite";
            if (node["type"]!.GetValue<string>() == "complex")
            {
                continue;
            }

            var value = node["type"]!.GetValue<string>() switch { "boolean" => "true", "binary" => "\"AAAA\"", _ => "\"Ann\"" };
            var patched = Engine.Patch("{}", $"{{\"op\":\"add\",\"value\":{{\"{prefix}{path}\":{value}}}}}").Value;
            Assert.Equal((isKept, !isKept), (patched.Attributes.Count > 0, patched.Ignored.Any()));

            var isFilterable = node["returned"]!.GetValue<string>() != "never";
            Assert.Equal(isFilterable, Engine.Parse($"{prefix}{path} eq {value}").Succeeded);
            if (isKept && value == "\"Ann\"")
            {
                Assert.Equal(!node["caseExact"]!.GetValue<bool>(), Engine.Matches($"{prefix}{path} eq \"ANN\"", patched.Attributes.ToJsonString()));
            }
        }
    }

    public static TheoryData<string> Schemas() => [SchemaUrns.User, SchemaUrns.EnterpriseUser, SchemaUrns.Group];

    private static JsonNode Document(string urn) => Written(writer => DiscoveryDocuments.WriteSchema(
        writer,
        urn switch
        {
            SchemaUrns.User => ResourceTypes.User.Schema,
            SchemaUrns.Group => ResourceTypes.Group.Schema,
            _ => ResourceTypes.User.FindExtension(urn)!,
        },
        Base));

    private static JsonNode Written(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return Json.Node(buffer.WrittenSpan);
    }

    private static IEnumerable<(string Path, JsonNode Node)> Flatten(JsonArray attributes, string prefix)
    {
        foreach (var node in attributes)
        {
            var path = prefix + node!["name"]!.GetValue<string>();
            yield return (path, node);
            foreach (var part in Flatten(node["subAttributes"] as JsonArray ?? [], path + "."))
            {
                yield return part;
            }
        }
    }
}
