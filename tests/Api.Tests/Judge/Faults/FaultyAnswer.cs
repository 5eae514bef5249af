using System.Text.Json.Nodes;

namespace OrleansIdentity.Api.Tests.Judge.Faults;

/// <summary>An answer on its way through a fault.</summary>
internal sealed record FaultyAnswer(int Status, string Text)
{
    public string MediaType { get; init; } = "application/scim+json";

    public string? Location { get; init; }

    public string? RetryAfter { get; init; }

    public string? ETag { get; init; }

    /// <summary>The value of <c>WWW-Authenticate</c>.</summary>
    public string? Challenge { get; init; }

    /// <summary>The connection is closed instead.</summary>
    public bool IsAborted { get; init; }

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>The body, as a copy.</summary>
    public JsonObject Json => JsonNode.Parse(Text)!.AsObject();

    /// <summary>The answer with a change of its body, when it is a success that has one.</summary>
    public FaultyAnswer With(Action<JsonObject> change)
    {
        if (!IsSuccess || Text.Length == 0)
        {
            return this;
        }

        var body = Json;
        change(body);
        return this with { Text = body.ToJsonString() };
    }

    /// <summary>The list with a change of what is in it; the numbers follow.</summary>
    public FaultyAnswer WithUsers(Func<IEnumerable<JsonObject>, IEnumerable<JsonObject>> change) => With(body =>
    {
        var before = body["Resources"]!.AsArray().Select(user => user!.DeepClone().AsObject()).ToArray();
        var after = change(before).ToArray();
        body["Resources"] = new JsonArray([.. after.Select(user => user.DeepClone())]);
        body["itemsPerPage"] = after.Length;
        body["totalResults"] = body["totalResults"]!.GetValue<int>() + after.Length - before.Length;
    });

    public static FaultyAnswer Error(int status, string? scimType = null) => new(status, new JsonObject
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:Error"),
        ["status"] = status.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["scimType"] = scimType,
        ["detail"] = "planted",
    }.ToJsonString());

    public static FaultyAnswer EmptyList { get; } = new(200, new JsonObject
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:ListResponse"),
        ["totalResults"] = 0,
        ["startIndex"] = 1,
        ["itemsPerPage"] = 0,
        ["Resources"] = new JsonArray(),
    }.ToJsonString());
}
