using System.Text.Json.Nodes;

namespace OrleansIdentity.OktaSimulator.Conformance;

/// <summary>A resource that a check made for itself.</summary>
/// <param name="Path">Its path below the base URL.</param>
/// <param name="Id">Its id.</param>
/// <param name="Sent">What was sent to create it.</param>
/// <param name="Body">What came back.</param>
internal sealed record Subject(string Path, string Id, JsonObject Sent, JsonObject Body)
{
    /// <summary>The part of its values that no other resource has.</summary>
    public required string Name { get; init; }

    public string UserName => Sent["userName"]!.ToString();

    /// <summary>What was sent, to be changed and sent again.</summary>
    public JsonObject Copy(Action<JsonObject>? change = null)
    {
        var copy = Sent.DeepClone().AsObject();
        change?.Invoke(copy);
        return copy;
    }
}
