using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansIdentity.Okta.Users;

/// <summary>A profile: base attributes and custom ones stand at the same level.</summary>
public sealed class OktaProfile
{
    /// <summary>All attributes, as Okta gives them.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement> Attributes { get; set; } = [];

    /// <summary>The text of an attribute; null when it is absent, null or no text.</summary>
    public string? Text(string name) => Attributes.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
