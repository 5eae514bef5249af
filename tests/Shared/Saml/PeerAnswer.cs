using System.Text.Json;

namespace OrleansIdentity.Tests.Shared;

/// <summary>An answer of the peer process.</summary>
internal sealed record PeerAnswer(JsonElement Json)
{
    public bool Ok => Json.GetProperty("ok").GetBoolean();

    public string? Error => Text("error");

    public string? NameId => Text("nameId");

    public string? Text(string name) => Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The answer, which must be a success.</summary>
    public PeerAnswer Succeeded()
    {
        Assert.True(Ok, Error);
        return this;
    }
}
