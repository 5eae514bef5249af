using System.Text.Json.Nodes;
using static OrleansIdentity.Api.Tests.Judge.Faults.PlantedFault;
using static OrleansIdentity.OktaSimulator.Verification.FindingKinds;

namespace OrleansIdentity.Api.Tests.Judge.Faults;

/// <summary>Creates that go wrong.</summary>
internal static class CreateFaults
{
    public static PlantedFault[] All { get; } =
    [
        Classic("answers a create with an empty body", EmptyBody, exchange => OnCreate(exchange, answer => answer with { Text = "" })),
        Classic("answers a create without an id", IdMissing, exchange => OnCreate(exchange, answer => answer.With(body => body.Remove("id")))),
        Classic("answers a create without a location", LocationMissing, exchange => OnCreate(exchange, answer => answer with { Location = null })),
        Classic("answers a create with 200", CreateRefused, exchange => OnCreate(exchange, answer => answer.IsSuccess ? answer with { Status = 200 } : answer)),
        Classic("refuses groups", CreateRefused, async exchange =>
            exchange.Method == "POST" && exchange.Body.ContainsKey("groups") ? FaultyAnswer.Error(400, "mutability") : await exchange.ForwardAsync()),
        Classic("refuses unknown attributes", CreateRefused, async exchange =>
            exchange.Method == "POST" && exchange.Body.ContainsKey("costCode") ? FaultyAnswer.Error(400, "invalidSyntax") : await exchange.ForwardAsync()),
        Classic("answers a conflict with 400", ConflictWrong, async exchange =>
            await exchange.ForwardAsync() is var answer && answer.Status == 409 ? FaultyAnswer.Error(400, "invalidValue") : answer),
        Classic("answers a conflict without its keyword", ConflictWrong, async exchange =>
            await exchange.ForwardAsync() is var answer && answer.Status == 409 ? FaultyAnswer.Error(409) : answer),
        Classic("answers a duplicate with what is there", RaceManyCreated, exchange =>
            OnConflict(exchange, found => Task.FromResult(found with { Status = 201 }))),
        Classic("overwrites on a duplicate and says so", DuplicateAccepted, exchange => OnConflict(exchange, found => OverwriteAsync(exchange, found))),
        Classic("overwrites on a duplicate and says conflict", DuplicateChangedFirst, exchange => OnConflict(exchange, async found =>
        {
            await OverwriteAsync(exchange, found);
            return FaultyAnswer.Error(409, "uniqueness");
        })),
        Classic("creates duplicates", DuplicateAccepted, exchange => OnConflict(exchange, async _ =>
        {
            var twin = exchange.Body;
            twin["userName"] = $"{Guid.CreateVersion7():n}@twin.example";
            twin.Remove("externalId");
            return await exchange.SendAsync("POST", "", "", twin.ToJsonString());
        })),
    ];

    private static async Task<FaultyAnswer> OnCreate(FaultyExchange exchange, Func<FaultyAnswer, FaultyAnswer> change)
    {
        var answer = await exchange.ForwardAsync();
        return exchange.Method == "POST" && answer.IsSuccess ? change(answer) : answer;
    }

    /// <summary>What happens to a create of what is there; <paramref name="act"/> is given the account.</summary>
    private static async Task<FaultyAnswer> OnConflict(FaultyExchange exchange, Func<FaultyAnswer, Task<FaultyAnswer>> act)
    {
        var answer = await exchange.ForwardAsync();
        if (exchange.Method != "POST" || answer.Status != 409)
        {
            return answer;
        }

        var list = (await exchange.FindAsync("userName", exchange.Body["userName"]!.ToString())).Json;
        var found = await exchange.ReadAsync(list["Resources"]![0]!["id"]!.ToString());
        return await act(found with { Location = found.Json["meta"]!["location"]!.ToString() });
    }

    private static Task<FaultyAnswer> OverwriteAsync(FaultyExchange exchange, FaultyAnswer found)
    {
        var body = exchange.Body;
        body["name"] = new JsonObject { ["givenName"] = "Overwritten" };
        return exchange.SendAsync("PUT", found.Json["id"]!.ToString(), "", body.ToJsonString());
    }
}
