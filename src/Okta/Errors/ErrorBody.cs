using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansIdentity.Okta.Json;

namespace OrleansIdentity.Okta.Errors;

/// <summary>An error's body: Okta's own, or that of its token endpoint. Only what is certainly a code or an id is taken out of it.</summary>
internal sealed record ErrorBody(
    [property: JsonPropertyName("errorCode")] string? ErrorCode,
    [property: JsonPropertyName("errorId")] string? ErrorId,
    [property: JsonPropertyName("error")] string? OAuthError)
{
    private static readonly ErrorBody Nothing = new(null, null, null);

    // RFC 6749 §5.2, RFC 9449 §5 and §8.
    private static readonly string[] Known =
        ["invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type", "invalid_scope", "access_denied", "invalid_dpop_proof", "use_dpop_nonce"];

    /// <summary>Okta's code or the token endpoint's keyword.</summary>
    public string? Code => ErrorCode ?? OAuthError;

    /// <summary>Reads a body. One that is something else has no code.</summary>
    public static ErrorBody Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, OktaJson.Default.ErrorBody) is { } read
                ? new(
                    IsCode(read.ErrorCode, 'E', 8) ? read.ErrorCode : null,
                    read.ErrorId is { Length: >= 8 and <= 32 } id && id.StartsWith("oae", StringComparison.Ordinal) && id.All(IsIdLetter) ? id : null,
                    Known.Contains(read.OAuthError) ? read.OAuthError : null)
                : Nothing;
        }
        catch (JsonException)
        {
            return Nothing;
        }
    }

    private static bool IsCode(string? text, char first, int length) => text?.Length == length && text[0] == first && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;

    private static bool IsIdLetter(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_';
}
