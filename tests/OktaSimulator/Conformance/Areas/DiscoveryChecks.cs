using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Scim;
using static OrleansIdentity.OktaSimulator.Conformance.Check;

namespace OrleansIdentity.OktaSimulator.Conformance.Areas;

/// <summary>What a server says about itself.</summary>
internal static class DiscoveryChecks
{
    public static CheckArea Area { get; } = new("Discovery",
    [
        Must("D1-config", "7644 §4", "/ServiceProviderConfig is there.", async scim => Expect.Status(await scim.GetAsync("ServiceProviderConfig"), 200)),
        Must("D1-types", "7644 §4", "/ResourceTypes is there, and is a list.", async scim => IsList(await scim.GetAsync("ResourceTypes"))),
        Must("D1-schemas", "7644 §4", "/Schemas is there, and is a list.", async scim => IsList(await scim.GetAsync("Schemas"))),
        ReadOnly("D1-config-write", "ServiceProviderConfig", HttpMethod.Put),
        ReadOnly("D1-types-write", "ResourceTypes", HttpMethod.Post),
        ReadOnly("D1-schemas-write", "Schemas", HttpMethod.Post),
        Should("D2-public", "7644 §4", "/ServiceProviderConfig can be read without a credential.",
            async scim => Expect.Status(await scim.GetAsync("ServiceProviderConfig", ("Authorization", null)), 200)),
        Must("D3-schema", "7644 §4", "One schema is read by its URN.",
            async scim => Expect.Value(await scim.GetAsync($"Schemas/{ScimUrns.User}"), "id", ScimUrns.User), Feature.Schemas),
        Must("D3-type", "7644 §4", "One resource type is read by its name.",
            async scim => Expect.Value(await scim.GetAsync("ResourceTypes/User"), "name", "User"), Feature.ResourceTypes),
        Must("D3-schema-unknown", "7644 §4", "A schema that does not exist is answered 404.",
            async scim => Expect.Status(await scim.GetAsync("Schemas/urn:ietf:params:scim:schemas:none"), 404), Feature.Schemas),
        Must("D3-type-unknown", "7644 §4", "A resource type that does not exist is answered 404.",
            async scim => Expect.Status(await scim.GetAsync("ResourceTypes/None"), 404), Feature.ResourceTypes),
        Has("D4-schemas", "has its schema", config => config.HasSchema("urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig")),
        Has("D4-patch", "says whether there is PATCH", config => IsBoolean(config, "patch/supported")),
        Has("D4-bulk", "says whether there is bulk, and its limits",
            config => IsBoolean(config, "bulk/supported") && config.Number("bulk/maxOperations") is not null
                && config.Number("bulk/maxPayloadSize") is not null),
        Has("D4-filter", "says whether there are filters, and the most results",
            config => IsBoolean(config, "filter/supported") && config.Number("filter/maxResults") is not null),
        Has("D4-password", "says whether passwords can be changed", config => IsBoolean(config, "changePassword/supported")),
        Has("D4-sort", "says whether there is sorting", config => IsBoolean(config, "sort/supported")),
        Has("D4-etag", "says whether there are versions", config => IsBoolean(config, "etag/supported")),
        Has("D4-authentication", "names the ways to authenticate, with name, description and type", config =>
            config.At("authenticationSchemes") is JsonArray { Count: > 0 } schemes
            && schemes.All(scheme => scheme.Text("name") is not null && scheme.Text("description") is not null && scheme.Text("type") is not null)),
        Must("D5-type", "7643 §7", "Each attribute of a schema states its name, its type and whether it has several values.",
            async scim => States(await scim.GetAsync("Schemas"), (_, _) => true, "name", "type", "multiValued"), Feature.Schemas),
        Should("D5-characteristics", "7643 §2.2", "Each attribute of a schema states what else holds for it, rather than leave it to the defaults.",
            async scim => States(await scim.GetAsync("Schemas"), HasOfItsOwn, "required", "caseExact", "mutability", "returned", "uniqueness"),
                Feature.Schemas),
        Must("D5-parts", "7643 §7", "A complex attribute lists its parts.", async scim =>
        {
            var answer = await scim.GetAsync("Schemas");
            var bare = answer.Json.Resources().SelectMany(Attributes)
                .FirstOrDefault(attribute => attribute.Text("type") == "complex" && attribute.At("subAttributes") is not JsonArray { Count: > 0 });
            return Expect.That(answer, answer.Json.Resources().Any() && bare is null, $"expected the parts of {bare.Text("name") ?? "each complex attribute"}");
        }, Feature.Schemas),
        Must("D5-user-name", "7643 §4.1.1", "The schema says of userName that it is required, unique, and has no letter case.", async scim =>
        {
            var answer = await scim.GetAsync("Schemas");
            var user = answer.Json.Resources().FirstOrDefault(schema => schema.Text("id") == ScimUrns.User);
            var name = Attributes(user).FirstOrDefault(attribute => attribute.Text("name") == "userName");
            return Expect.That(
                answer,
                name.At("required")?.ToString() == "true" && name.At("caseExact")?.ToString() is (null or "false")
                    && name.Text("uniqueness") is ("server" or "global"),
                "expected required true, caseExact false, uniqueness server or global");
        }, Feature.Schemas),
        Must("D5-truthful", "7643 §7", "What a resource has, its schemas have.", async scim =>
        {
            var answer = await scim.GetAsync((await scim.UserAsync()).Path);
            var unknown = answer.Json?.Select(member => member.Key).FirstOrDefault(member =>
                member is not ("schemas" or "id" or "externalId" or "meta") && !member.StartsWith("urn:", StringComparison.Ordinal) && !scim.Offer.Has(member));
            return Expect.That(answer, answer.Status == 200 && unknown is null, $"expected a schema that has '{unknown}'");
        }, Feature.Schemas),
        Must("D6-members", "7643 §6", "A resource type has a name, an endpoint and a schema.", async scim =>
        {
            var answer = await scim.GetAsync("ResourceTypes");
            return Expect.That(
                answer,
                answer.Json.Resources().Any() && answer.Json.Resources().All(type => type.Text("name") is not null
                    && type.Text("endpoint") is not null && type.Text("schema") is not null),
                "expected name, endpoint and schema");
        }, Feature.ResourceTypes),
        Must("D6-extensions", "7643 §6", "A resource type says of each extension whether it is required.", async scim =>
        {
            var answer = await scim.GetAsync("ResourceTypes");
            var extensions = answer.Json.Resources().SelectMany(type => type.At("schemaExtensions") as JsonArray ?? []);
            return Expect.That(answer, answer.Json.Resources().Any() && extensions.All(one => one.Text("schema") is not null
                && IsBoolean(one, "required")), "expected schema and required");
        }, Feature.ResourceTypes),
        Must("D6-schemas", "7643 §6", "The schemas of the resource types are among the schemas.", async scim =>
        {
            var schemas = (await scim.GetAsync("Schemas")).Json.Resources().Select(schema => schema.Text("id")).ToHashSet();
            var answer = await scim.GetAsync("ResourceTypes");
            var used = answer.Json.Resources().SelectMany(type =>
                new[] { type.Text("schema") }.Concat((type.At("schemaExtensions") as JsonArray ?? []).Select(one => one.Text("schema"))));
            var missing = used.FirstOrDefault(urn => !schemas.Contains(urn));
            return Expect.That(answer, answer.Json.Resources().Any() && missing is null, $"expected '{missing}' in /Schemas");
        }, Feature.ResourceTypes | Feature.Schemas),
        Should("P17-filter", "7644 §4", "A filter on a discovery list is answered 403.",
            async scim => Expect.Status(await scim.GetAsync($"Schemas?filter={Uri.EscapeDataString("id eq \"x\"")}"), 403), Feature.Schemas),
        Must("P17-paging", "7644 §4", "Pages, sorting and chosen attributes are ignored on a discovery list.", async scim =>
        {
            var (whole, answer) = (await scim.GetAsync("Schemas"), await scim.GetAsync("Schemas?startIndex=2&count=1&attributes=name&sortBy=id"));
            return Expect.Status(answer, 200) & Expect.Value(answer, "totalResults", whole.Json.At("totalResults")?.DeepClone())
                & Expect.That(answer, answer.Json.Resources().Count() == whole.Json.Resources().Count(), "expected the whole list");
        }, Feature.Schemas),
    ]);

    private static Check Has(string id, string what, Func<JsonObject?, bool> holds) => Must(
        id, "7643 §5", $"The service provider configuration {what}.", async scim =>
        {
            var answer = await scim.GetAsync("ServiceProviderConfig");
            return Expect.That(answer, holds(answer.Json), "expected that it does");
        }, Feature.ServiceProviderConfig);

    private static Check ReadOnly(string id, string path, HttpMethod method) => Must(
        id, "7644 §4", $"/{path} is only read.", async scim =>
            Expect.Status(await scim.SendAsync(method, path, new JsonObject { ["schemas"] = new JsonArray(ScimUrns.User) }), 403, 404, 405, 501));

    private static Verdict IsList(ScimAnswer answer) => Expect.Status(answer, 200)
        & Expect.That(answer, answer.Json.HasSchema(ScimUrns.ListResponse) && answer.Json.Resources().Any(), "expected a list with something in it");

    private static IEnumerable<JsonNode?> Attributes(JsonObject? schema) => (schema.At("attributes") as JsonArray ?? [])
        .SelectMany(attribute => new[] { attribute }.Concat(attribute.At("subAttributes") as JsonArray ?? []));

    private static Verdict States(ScimAnswer answer, Func<JsonNode?, string, bool> applies, params string[] characteristics)
    {
        var silent = answer.Json.Resources().SelectMany(Attributes)
            .SelectMany(attribute => characteristics.Where(name => applies(attribute, name)
                && attribute.At(name) is null).Select(name => $"'{name}' of {attribute.Text("name")}"))
            .FirstOrDefault();
        return Expect.That(answer, answer.Json.Resources().Any() && silent is null, $"expected {silent ?? "schemas"}");
    }

    // Only text has letter case; a complex attribute is compared by its parts.
    private static bool HasOfItsOwn(JsonNode? attribute, string characteristic) =>
        characteristic is not ("caseExact" or "uniqueness") || attribute.Text("type") == "string";

    private static bool IsBoolean(JsonNode? node, string path) => node.At(path) is JsonValue value && value.TryGetValue<bool>(out _);
}
