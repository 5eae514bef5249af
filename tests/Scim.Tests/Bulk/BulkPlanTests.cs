using System.Text;
using System.Text.Json.Nodes;
using OrleansIdentity.Scim.Bulk;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Tests.Bulk;

/// <summary>In which order operations are carried out, and which of them at once.</summary>
public sealed class BulkPlanTests
{
    [Fact]
    public void Of_NoReferences_IsTheOrderOfTheRequest() => Assert.Equal(["0", "1", "2"], Plan(User("a"), User("b"), User("c")));

    // RFC 7644 §3.7.2: a reference may come before what it refers to; only the operation that has it waits.
    [Fact]
    public void Of_ForwardReference_WaitsForItsPostAndNothingElseMoves() =>
        Assert.Equal(["1", "2", "3", "0", "4"], Plan(User("a", "d"), User("b"), User("c"), User("d"), User("e")));

    [Fact]
    public void Of_LaterOperationOnTheSameResource_WaitsWithTheEarlierOne() =>
        Assert.Equal(["1", "3", "0", "2"], Plan(Put("x", "a"), User("b"), Put("x"), User("a")));

    [Fact]
    public void Of_Circles_AreOneStepEach() =>
        Assert.Equal(["0+1+2", "4", "3", "5!"], Plan(User("a", "b"), User("b", "c"), User("c", "a"), Put("x", "a", "free"), User("free"), User("me", "me")));

    [Fact]
    public void Of_ThousandReferencesInARow_AreFollowed() =>
        Assert.Equal(
            Enumerable.Range(0, 1_000).Reverse().Select(number => $"{number}"),
            Plan([.. Enumerable.Range(0, 1_000).Select(number => number == 999 ? User("999") : User($"{number}", $"{number + 1}"))]));

    [Theory]
    [InlineData("POST /Users a", "POST /Users b", false)]
    [InlineData("POST /Users a", "POST /Users A", true)]
    [InlineData("POST /Users a", "POST /Groups a", false)]
    [InlineData("POST /Users a", "DELETE /Users/1", true)]
    [InlineData("POST /Users a", "PATCH /Users/1 nickName", false)]
    [InlineData("POST /Users a", "PATCH /Users/1 userName", true)]
    [InlineData("POST /Users a", "PATCH /Users/1 urn:ietf:params:scim:schemas:core:2.0:User:USERNAME", true)]
    [InlineData("PUT /Users/1 a", "PUT /Users/2 b", true)]
    [InlineData("DELETE /Users/1", "DELETE /Users/2", false)]
    [InlineData("DELETE /Users/1", "PATCH /Groups/1 members", true)]
    [InlineData("DELETE /Groups/1", "PATCH /Users/1 nickName", false)]
    [InlineData("PATCH /Users/1 nickName", "PATCH /Users/2 nickName", false)]
    [InlineData("PATCH /Users/1 nickName", "PATCH /users/1 nickName", true)]
    [InlineData("PATCH /Groups/1 members", "PATCH /Groups/2 members", false)]
    public void ConflictsWith_WhatCouldTellTheOrder_IsSo(string one, string two, bool conflict)
    {
        var steps = BulkPlan.Of(Read(Short(one, "x"), Short(two, "y")));
        Assert.Equal(conflict, steps[0].ConflictsWith(steps[1]));
        Assert.Equal(conflict, steps[1].ConflictsWith(steps[0]));
    }

    private static string[] Plan(params JsonObject[] operations) =>
        [.. BulkPlan.Of(Read(operations)).Select(step => string.Join('+', step.Operations.Select(operation => operation.Index)) + (step is { IsCircle: true, Operations.Count: 1 } ? "!" : ""))];

    private static IReadOnlyList<BulkOperation> Read(params JsonObject[] operations)
    {
        var request = new JsonObject { ["schemas"] = new JsonArray(SchemaUrns.BulkRequest), ["Operations"] = new JsonArray([.. operations]) };
        return BulkRequest.Read([ResourceTypes.User, ResourceTypes.Group], Encoding.UTF8.GetBytes(request.ToJsonString()), ScimLimits.Default).Value.Operations;
    }

    private static JsonObject User(string bulkId, params string[] needs) => new()
    {
        ["method"] = "POST",
        ["path"] = "/Users",
        ["bulkId"] = bulkId,
        ["data"] = Data(needs),
    };

    private static JsonObject Put(string id, params string[] needs) => new() { ["method"] = "PUT", ["path"] = $"/Groups/{id}", ["data"] = new JsonObject { ["members"] = References(needs) } };

    private static JsonObject Data(string[] needs) => new() { [SchemaUrns.EnterpriseUser] = new JsonObject { ["manager"] = References(needs) } };

    private static JsonArray References(string[] needs) => new([.. needs.Select(name => new JsonObject { ["value"] = $"bulkId:{name}" })]);

    private static JsonObject Short(string text, string bulkId)
    {
        var parts = text.Split(' ');
        return new JsonObject
        {
            ["method"] = parts[0],
            ["path"] = parts[1],
            ["bulkId"] = bulkId,
            ["data"] = parts[0] == "PATCH"
                ? new JsonObject { ["Operations"] = new JsonArray(new JsonObject { ["op"] = "replace", ["path"] = parts[2], ["value"] = "v" }) }
                : new JsonObject { ["userName"] = parts.Length > 2 ? parts[2] : null },
        };
    }
}
