using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Apps;
using static OrleansIdentity.Api.Tests.Judge.Faults.PlantedFault;
using static OrleansIdentity.OktaSimulator.Verification.FindingKinds;

namespace OrleansIdentity.Api.Tests.Judge.Faults;

/// <summary>Changes that are lost, or do more than was asked.</summary>
internal static class ChangeFaults
{
    public static PlantedFault[] All { get; } =
    [
        Classic("ignores deactivation by PUT", DeactivationIgnored, exchange => Ignore(exchange, "active", false)),
        Catalogue("ignores deactivation by PATCH", DeactivationIgnored, exchange => Ignore(exchange, "active", false)),
        Catalogue("ignores reactivation", ReactivationIgnored, exchange => Ignore(exchange, "active", true)),
        Catalogue("loses PATCH", ChangeLost, exchange => exchange.Method == "PATCH" ? exchange.ReadAsync(exchange.Id) : exchange.ForwardAsync()),
        Classic("loses PUT", ChangeLost, exchange => exchange.Method == "PUT" ? exchange.ReadAsync(exchange.Id) : exchange.ForwardAsync()),
        Catalogue("has no PATCH", ChangeRefused, async exchange => exchange.Method == "PATCH" ? FaultyAnswer.Error(501) : await exchange.ForwardAsync()),
        Catalogue("refuses a password", ChangeRefused, async exchange =>
            exchange.IsChange && exchange.Changes.ContainsKey("password") ? FaultyAnswer.Error(400, "mutability") : await exchange.ForwardAsync()),
        Catalogue("answers PATCH with 200 and nothing", EmptyBody, async exchange =>
            await exchange.ForwardAsync() is var answer && exchange.Method == "PATCH" && answer.IsSuccess ? answer with { Text = "" } : answer),
        Catalogue("clears the rest of a name by PATCH", AttributeDisturbed, exchange => exchange.Method != "PATCH" ? exchange.ForwardAsync()
            : exchange.ForwardChangesAsync(changes =>
            {
                if (changes["name"] is JsonObject name && !name.ContainsKey("familyName"))
                {
                    name["familyName"] = null;
                }
            })),
        Classic("clears what Okta does not map", UnmappedLost, exchange =>
            exchange.Method == "PUT" ? exchange.ForwardChangesAsync(changes => changes.Remove("nickName")) : exchange.ForwardAsync()),
        Classic("does not take externalId by PUT", LinkWrong, exchange =>
            exchange.Method == "PUT" ? exchange.ForwardChangesAsync(changes => changes.Remove("externalId")) : exchange.ForwardAsync()),
        Classic("does not clear by absence", ClearIgnored, KeepTitleAsync),
        Catalogue("does not clear by an empty value", ClearIgnored, KeepTitleAsync),
        Classic("accepts a name that is taken", CollisionAccepted, async exchange =>
            await exchange.ForwardAsync() is var answer && exchange.IsChange && answer.Status == 409 ? await exchange.ReadAsync(exchange.Id) : answer),
        Classic("hides who is deactivated", DeactivatedNotReadable, async exchange =>
            await exchange.ForwardAsync() is var answer && exchange.IsRead && answer.IsSuccess && !IsActive(answer) ? FaultyAnswer.Error(404) : answer),
        new("forgets accounts", AccountNotReadable, AppKind.Classic, () =>
        {
            var count = 0;
            return async exchange => exchange.IsRead && Interlocked.Increment(ref count) % 20 == 0 ? FaultyAnswer.Error(404) : await exchange.ForwardAsync();
        }),
        Catalogue("gives a new id on reactivation", IdChanged, RecreateAsync),
        new("keeps the old name", OldNameFound, AppKind.Catalogue, KeepOldNames),
        new("stores groups", ReadOnlyStored, AppKind.Classic, StoreGroups),
    ];

    private static Task<FaultyAnswer> Ignore(FaultyExchange exchange, string attribute, bool value) =>
        exchange.IsChange && exchange.Changes[attribute]?.GetValue<bool>() == value
            ? exchange.ForwardChangesAsync(changes => changes.Remove(attribute))
            : exchange.ForwardAsync();

    private static async Task<FaultyAnswer> KeepTitleAsync(FaultyExchange exchange)
    {
        if (!exchange.IsChange
            || (exchange.Method == "PATCH" && !exchange.Changes.ContainsKey("title"))
            || exchange.Changes["title"]?.ToString() is { Length: > 0 })
        {
            return await exchange.ForwardAsync();
        }

        var title = (await exchange.ReadAsync(exchange.Id)).Json["title"];
        return await exchange.ForwardChangesAsync(changes => changes["title"] = title?.DeepClone());
    }

    private static async Task<FaultyAnswer> RecreateAsync(FaultyExchange exchange)
    {
        if (!exchange.IsChange
            || exchange.Changes["active"]?.GetValue<bool>() != true
            || await exchange.ReadAsync(exchange.Id) is not { IsSuccess: true } read
            || IsActive(read))
        {
            return await exchange.ForwardAsync();
        }

        await exchange.SendAsync("DELETE", exchange.Id, "", "");
        var body = read.Json;
        body["active"] = true;
        return await exchange.SendAsync("POST", "", "", body.ToJsonString()) with { Status = 200 };
    }

    private static FaultyProduct.Fault KeepOldNames()
    {
        var ids = new ConcurrentDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        return async exchange =>
        {
            if (exchange.IsChange && exchange.Changes.ContainsKey("userName"))
            {
                ids[(await exchange.ReadAsync(exchange.Id)).Json["userName"]!.ToString()] = exchange.Id;
            }

            var answer = await exchange.ForwardAsync();
            return exchange.Filter?.Split(" eq ") is ["userName", var name]
                && answer.IsSuccess
                && answer.Json["totalResults"]!.GetValue<int>() == 0
                && ids.TryGetValue(JsonNode.Parse(name)!.ToString(), out var id)
                ? await exchange.FindAsync("id", id)
                : answer;
        };
    }

    private static FaultyProduct.Fault StoreGroups()
    {
        var groups = new ConcurrentDictionary<string, JsonNode>();
        return async exchange =>
        {
            if (exchange.Method == "PUT" && exchange.Body["groups"] is { } stale)
            {
                groups[exchange.Id] = stale;
            }

            return (await exchange.ForwardAsync()).With(body =>
            {
                if (exchange.IsRead && groups.TryGetValue(exchange.Id, out var stored))
                {
                    body["groups"] = stored.DeepClone();
                }
            });
        };
    }

    private static bool IsActive(FaultyAnswer answer) => answer.Json["active"]!.GetValue<bool>();
}
