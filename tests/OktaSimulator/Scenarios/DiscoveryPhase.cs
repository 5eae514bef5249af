using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Scim;
using OrleansIdentity.OktaSimulator.Verification;

namespace OrleansIdentity.OktaSimulator.Scenarios;

/// <summary>Schema import reads what the server says of itself: the resource types, then the schemas that the type of users names.</summary>
internal static class DiscoveryPhase
{
    public static async Task RunAsync(AppRun run, CancellationToken cancellationToken)
    {
        var types = await run.Scim.DiscoverAsync("ResourceTypes", cancellationToken);
        var schemas = await run.Scim.DiscoverAsync("Schemas", cancellationToken);
        if (!types.IsUsable || !schemas.IsUsable)
        {
            return;
        }

        var user = Find(types, "schema", ScimUrns.User);
        run.Findings.Require(user is not null, FindingKinds.DiscoveryWrong, types);
        var extensions = (user?["schemaExtensions"] as JsonArray ?? []).Select(extension => extension?["schema"]?.ToString() ?? "");
        foreach (var urn in extensions.Prepend(ScimUrns.User))
        {
            var schema = Find(schemas, "id", urn);
            run.Findings.Require(
                schema?["attributes"] is JsonArray { Count: > 0 } attributes && attributes.All(attribute => attribute?["name"] is not null
                    && attribute["type"] is not null),
                FindingKinds.DiscoveryWrong,
                $"{schemas.Request.Path}: the attributes of '{urn}'");
        }
    }

    private static JsonNode? Find(ScimAnswer list, string member, string value) =>
        (list.Json?["Resources"] as JsonArray)?.FirstOrDefault(one => one?[member]?.ToString() == value);
}
