using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansIdentity.Okta.Json;

namespace OrleansIdentity.Okta.Connection;

/// <summary>What is needed of a provider's discovery document.</summary>
internal sealed record Discovery(
    [property: JsonPropertyName("issuer")] string? Issuer,
    [property: JsonPropertyName("authorization_endpoint")] string? AuthorizationEndpoint,
    [property: JsonPropertyName("token_endpoint")] string? TokenEndpoint)
{
    /// <summary>Reads one; null when it is none.</summary>
    public static Discovery? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, OktaJson.Default.Discovery) is { Issuer: not null } found ? found : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
