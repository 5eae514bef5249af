using System.Text;
using System.Text.Json.Nodes;
using OrleansIdentity.Scim.Errors;

namespace OrleansIdentity.Scim.Tests.Support;

/// <summary>What tests say about JSON and refusals.</summary>
internal static class Json
{
    public static JsonObject Object(string text) => JsonNode.Parse(text)!.AsObject();

    public static void Same(string expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), $"Expected {expected}\nFound    {actual?.ToJsonString()}");

    public static void Same(string expected, string actual) => Same(expected, JsonNode.Parse(actual));

    public static JsonNode Node(ReadOnlySpan<byte> utf8) => JsonNode.Parse(Encoding.UTF8.GetString(utf8))!;

    public static void Refused<T>(string scimType, Outcome<T> outcome)
    {
        Assert.False(outcome.Succeeded, $"Expected {scimType}, found {(outcome.Succeeded ? outcome.Value : default)}");
        Assert.Equal((400, scimType), (outcome.Error.Status, outcome.Error.ScimType));
    }

    public static void Refused<T>(string scimType, string id, Outcome<T> outcome)
    {
        Refused(scimType, outcome);
        Assert.Equal(id, outcome.Error.Id);
    }
}
