using System.Text.Json;

namespace OrleansIdentity.Api.SignIn.Revocation;

/// <summary>Whose sessions are to end (RFC 9493).</summary>
/// <param name="Issuer">Who names the person; null for an address.</param>
/// <param name="Id">The person's id there; null for an address.</param>
/// <param name="Email">The person's address; null for an id.</param>
internal sealed record RevocationSubject(string? Issuer, string? Id, string? Email)
{
    private const int MaxText = 512;

    /// <summary>Reads a request.</summary>
    /// <returns>The subject, or the status of what is wrong: 400 when it is no such request, 422 when it names the person in a way that is not known here.</returns>
    public static (RevocationSubject? Subject, int Status) Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("sub_id", out var subject) || subject.ValueKind != JsonValueKind.Object || Text(subject, "format") is not { } format)
        {
            return (null, 400);
        }

        return format switch
        {
            "iss_sub" when Text(subject, "iss") is { } issuer && Text(subject, "sub") is { } id => (new RevocationSubject(issuer, id, null), 200),
            "email" when Text(subject, "email") is { } email => (new RevocationSubject(null, null, email), 200),
            "iss_sub" or "email" => (null, 400),
            _ => (null, 422),
        };
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= MaxText } text ? text : null;
}
