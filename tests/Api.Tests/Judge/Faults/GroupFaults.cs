using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Apps;
using OrleansIdentity.OktaSimulator.Verification;
using static OrleansIdentity.OktaSimulator.Verification.FindingKinds;

namespace OrleansIdentity.Api.Tests.Judge.Faults;

/// <summary>Group push, and discovery, that are wrong.</summary>
internal static class GroupFaults
{
    public static PlantedFault[] All { get; } =
    [
        Classic("has no groups", GroupsRefused, _ => Task.FromResult(FaultyAnswer.Error(501))),
        Classic("creates no groups", GroupsRefused, async exchange =>
            exchange.Method == "POST" ? FaultyAnswer.Error(403) : await exchange.ForwardAsync()),
        Classic("hides groups", GroupNotReadable, async exchange => exchange.IsRead ? FaultyAnswer.Error(404) : await exchange.ForwardAsync()),
        Classic("finds no groups", GroupMissed, async exchange =>
            exchange.IsLookUp ? (await exchange.ForwardAsync()).WithUsers(_ => []) : await exchange.ForwardAsync()),
        Classic("minds the letter case of names", GroupMissed, async exchange => exchange.Filter is { } filter
            ? (await exchange.ForwardAsync()).WithUsers(groups => groups.Where(group =>
                JsonNode.Parse(filter["displayName eq ".Length..])!.ToString() == group["displayName"]!.ToString()))
            : await exchange.ForwardAsync()),
        Classic("creates a second group of a name", GroupTwice, async exchange =>
        {
            var answer = await exchange.ForwardAsync();
            if (exchange.Method != "POST" || answer.Status != 409)
            {
                return answer;
            }

            var twin = exchange.Body;
            twin["displayName"] = $"{twin["displayName"]} (2)";
            return await exchange.SendAsync("POST", "", "", twin.ToJsonString());
        }),
        Classic("ignores a rename by PUT", GroupNameWrong, exchange => KeepNameAsync(exchange)),
        Catalogue("ignores a rename by PATCH", GroupNameWrong, exchange =>
            IsRename(exchange) ? Task.FromResult(new FaultyAnswer(204, "")) : exchange.ForwardAsync()),
        Catalogue("refuses the id in a value", RenameRefused, async exchange =>
            Operations(exchange).Any(one => one["value"] is JsonObject value && value.ContainsKey("id"))
                ? FaultyAnswer.Error(400, "mutability") : await exchange.ForwardAsync()),
        Classic("does not add by PUT", MembersLacking, async exchange => exchange.Method == "PUT"
            && exchange.Body["members"] is JsonArray { Count: > 1 } members
            ? await exchange.ForwardBodyAsync(With(exchange.Body, [.. members.Skip(1)])) : await exchange.ForwardAsync()),
        Catalogue("adds one member of many", MembersLacking, exchange => ForwardAsync(exchange, operation =>
        {
            if (operation["op"]!.ToString() == "add" && operation["value"] is JsonArray { Count: > 1 } members)
            {
                operation["value"] = new JsonArray(members[0]!.DeepClone());
            }

            return true;
        })),

        // As a widely used server did: the filtered removal is taken for something else, and answered 204.
        Catalogue("ignores the removal of a member", MembersLeft, exchange => ForwardAsync(
            exchange, operation => operation["op"]!.ToString() != "remove")),
        Catalogue("appends where it should replace", MembersLeft, exchange => ForwardAsync(exchange, operation =>
        {
            if (operation["op"]!.ToString() == "replace" && operation["path"]?.ToString() == "members")
            {
                operation["op"] = "add";
            }

            return true;
        })),
        Classic("keeps members by PUT", MembersLeft, async exchange =>
        {
            if (exchange.Method != "PUT" || await exchange.ReadAsync(exchange.Id) is not { IsSuccess: true } read)
            {
                return await exchange.ForwardAsync();
            }

            JsonNode?[] both = [.. exchange.Body["members"]!.AsArray(), .. read.Json["members"]!.AsArray()];
            return await exchange.ForwardBodyAsync(With(exchange.Body, [.. both.DistinctBy(member => member!["value"]!.ToString())]));
        }),
        Catalogue("empties a group by a rename", ExistingMembersLost, async exchange =>
        {
            if (!IsRename(exchange))
            {
                return await exchange.ForwardAsync();
            }

            var body = exchange.Body;
            body["Operations"]!.AsArray().Add((JsonNode)new JsonObject { ["op"] = "remove", ["path"] = "members" });
            return await exchange.ForwardBodyAsync(body.ToJsonString());
        }),
        Catalogue("refuses to empty a group by PATCH", EmptyReplaceRefused, async exchange =>
            Operations(exchange).Any(one => (one["value"] as JsonArray ?? one["value"]?["members"] as JsonArray) is { Count: 0 })
                ? FaultyAnswer.Error(400, "invalidValue") : await exchange.ForwardAsync()),
        Classic("refuses to empty a group by PUT", EmptyReplaceRefused, async exchange =>
            exchange.Method == "PUT"
                && exchange.Body["members"] is JsonArray { Count: 0 } ? FaultyAnswer.Error(400, "invalidValue") : await exchange.ForwardAsync()),
        Classic("imports groups without members", GroupImportWrong, async exchange => exchange.IsImport
            ? (await exchange.ForwardAsync()).WithUsers(groups => groups.Select(group =>
            {
                group.Remove("members");
                return group;
            }))
            : await exchange.ForwardAsync()),
        Classic("imports all groups but one", GroupImportWrong, async exchange =>
            exchange.IsImport ? (await exchange.ForwardAsync()).WithUsers(groups => groups.Skip(1)) : await exchange.ForwardAsync()),
        Classic("keeps a group that is deleted", GroupStillThere, exchange =>
            exchange.Method == "DELETE" ? Task.FromResult(new FaultyAnswer(204, "")) : exchange.ForwardAsync()),
        Users("shows no groups of a user", UserGroupsWrong, async exchange =>
            exchange.IsRead ? (await exchange.ForwardAsync()).With(body => body.Remove("groups")) : await exchange.ForwardAsync()),
        Users("shows the groups of before", UserGroupsWrong, () =>
        {
            var seen = new ConcurrentDictionary<string, JsonNode>();
            return async exchange => (await exchange.ForwardAsync()).With(body =>
            {
                if (exchange.IsRead && body["groups"] is { } groups)
                {
                    body["groups"] = seen.GetOrAdd(exchange.Id, groups.DeepClone()).DeepClone();
                }
            });
        }),
        Classic("has no schemas", DiscoveryWrong, _ => Task.FromResult(FaultyAnswer.Error(501))) with { Endpoint = "Schemas" },
        Classic("lists no users among its types", DiscoveryWrong, async exchange =>
            (await exchange.ForwardAsync()).WithUsers(types => types.Where(type => type["name"]!.ToString() != "User"))) with { Endpoint = "ResourceTypes" },
    ];

    private static PlantedFault Classic(string name, FindingKind expected, FaultyProduct.Fault fault) =>
        PlantedFault.Classic(name, expected, fault) with { Endpoint = "Groups" };

    private static PlantedFault Catalogue(string name, FindingKind expected, FaultyProduct.Fault fault) =>
        PlantedFault.Catalogue(name, expected, fault) with { Endpoint = "Groups" };

    private static PlantedFault Users(string name, FindingKind expected, FaultyProduct.Fault fault) => PlantedFault.Catalogue(name, expected, fault);

    private static PlantedFault Users(string name, FindingKind expected, Func<FaultyProduct.Fault> make) => new(name, expected, AppKind.Catalogue, make);

    private static JsonObject[] Operations(FaultyExchange exchange) =>
        exchange.Method == "PATCH" ? [.. exchange.Body["Operations"]!.AsArray().Select(operation => operation!.AsObject())] : [];

    private static bool IsRename(FaultyExchange exchange) =>
        Operations(exchange) is [var only] && only["value"] is JsonObject value && value.ContainsKey("displayName") && !value.ContainsKey("members");

    /// <summary>Sends on the operations that are kept; when there are none, says that all is done.</summary>
    private static Task<FaultyAnswer> ForwardAsync(FaultyExchange exchange, Func<JsonObject, bool> keep)
    {
        if (exchange.Method != "PATCH")
        {
            return exchange.ForwardAsync();
        }

        var body = exchange.Body;
        JsonNode[] kept = [.. body["Operations"]!.AsArray().Where(operation => keep(operation!.AsObject())).Select(operation => operation!.DeepClone())];
        body["Operations"] = new JsonArray(kept);
        return kept.Length > 0 ? exchange.ForwardBodyAsync(body.ToJsonString()) : Task.FromResult(new FaultyAnswer(204, ""));
    }

    private static async Task<FaultyAnswer> KeepNameAsync(FaultyExchange exchange)
    {
        if (exchange.Method != "PUT" || await exchange.ReadAsync(exchange.Id) is not { IsSuccess: true } read)
        {
            return await exchange.ForwardAsync();
        }

        var body = exchange.Body;
        body["displayName"] = read.Json["displayName"]!.DeepClone();
        return await exchange.ForwardBodyAsync(body.ToJsonString());
    }

    private static string With(JsonObject body, JsonNode?[] members)
    {
        body["members"] = new JsonArray([.. members.Select(member => member!.DeepClone())]);
        return body.ToJsonString();
    }
}
