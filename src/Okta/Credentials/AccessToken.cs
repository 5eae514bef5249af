using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansIdentity.Okta.Json;

namespace OrleansIdentity.Okta.Credentials;

/// <summary>A token of a service app, kept in memory only.</summary>
internal sealed record AccessToken(Secret Value, bool IsBound, DateTimeOffset RenewAt, IReadOnlyList<string> Scopes)
{
    // Renewed before the end, so that no request is on its way with a token that ends meanwhile.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    /// <summary>Reads an answer of the token endpoint (RFC 6749 §5.1); null when it holds no token that can be used.</summary>
    public static AccessToken? Read(ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        try
        {
            var answer = JsonSerializer.Deserialize(body, OktaJson.Default.TokenAnswer);
            if (answer is not { AccessToken: { Length: > 0 } token, ExpiresIn: > 0 } || token.Any(letter => letter is <= ' ' or > '~'))
            {
                return null;
            }

            var life = TimeSpan.FromSeconds(Math.Min(answer.ExpiresIn, 86_400));
            return new AccessToken(
                new Secret(token),
                string.Equals(answer.TokenType, "DPoP", StringComparison.OrdinalIgnoreCase),
                now + (life > 2 * Margin ? life - Margin : life / 2),
                answer.Scope?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? []);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>An answer of the token endpoint.</summary>
internal sealed record TokenAnswer(
    [property: JsonPropertyName("access_token")] string? AccessToken,
    [property: JsonPropertyName("token_type")] string? TokenType,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonPropertyName("scope")] string? Scope);
