using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Scim;

namespace OrleansIdentity.OktaSimulator.Verification;

/// <summary>What Okta insists on in an answer, whatever the account. Each check gives whether the answer can be worked with.</summary>
internal sealed class AnswerChecks(FindingLog findings)
{
    /// <summary>What holds for every answer to every request.</summary>
    public bool IsAnswer(ScimAnswer answer)
    {
        if (!findings.Require(answer.Status > 0, FindingKinds.NoAnswer, answer)
            || !findings.Require(!answer.IsServerError, FindingKinds.ServerError, answer)
            || !findings.Require(answer.Status != 429, FindingKinds.Throttled, answer)
            || !findings.Require(answer.IsUsable, FindingKinds.NotJson, answer))
        {
            return false;
        }

        if (answer.Json is { } body)
        {
            findings.Require(answer.MediaType is "application/scim+json" or "application/json", FindingKinds.WrongMediaType, $"{answer} ({answer.MediaType})");

            // Not the answer itself as evidence: a report must not spread what a server should not have said.
            findings.Require(!HasPassword(body), FindingKinds.PasswordEchoed, $"{answer.Request.Method} {answer.Request.Path}: {answer.Status}");
            if (!answer.IsSuccess)
            {
                IsError(answer);
            }
        }
        else if (!answer.IsSuccess)
        {
            findings.Add(FindingKinds.ErrorShape, answer);
        }

        return true;
    }

    /// <summary>A user resource: 201 after a create, otherwise 200.</summary>
    /// <param name="answer">The answer, which must be a success.</param>
    /// <param name="id">The id that it must have; null while it is not known.</param>
    public bool IsResource(ScimAnswer answer, string? id)
    {
        if (!findings.Require(answer.Json is not null, FindingKinds.EmptyBody, answer))
        {
            return false;
        }

        var body = answer.Json!;
        findings.Require(body["schemas"] is JsonArray { Count: > 0 }, FindingKinds.SchemasMissing, answer);
        findings.Require(
            body["meta"] is JsonObject meta && meta["resourceType"] is not null && meta["location"] is not null, FindingKinds.MetaMissing, answer);
        return findings.Require(!string.IsNullOrEmpty(answer.Id), FindingKinds.IdMissing, answer)
            && findings.Require(id is null || answer.Id == id, FindingKinds.IdChanged, $"{answer}; expected {id}");
    }

    /// <summary>A list with its numbers as numbers.</summary>
    /// <param name="answer">The answer, which must be 200.</param>
    /// <param name="count">The most that was asked for.</param>
    public UserList? IsList(ScimAnswer answer, int count)
    {
        if (!findings.Require(answer.Json is not null, FindingKinds.EmptyBody, answer))
        {
            return null;
        }

        var body = answer.Json!;
        findings.Require(body["schemas"] is JsonArray { Count: > 0 }, FindingKinds.SchemasMissing, answer);
        var numbers = new[] { "totalResults", "startIndex", "itemsPerPage" }.Select(name => Number(body[name])).ToArray();
        var isShaped = body["Resources"] is JsonArray && numbers.All(number => number.Value is not null);
        findings.Require(!numbers.Any(number => number.IsString), FindingKinds.NumberAsString, answer);
        if (!findings.Require(isShaped, FindingKinds.ListShape, answer))
        {
            return null;
        }

        var users = body["Resources"]!.AsArray().OfType<JsonObject>().ToArray();
        findings.Require(users.Length <= count && users.Length == numbers[2].Value, FindingKinds.PageSizeWrong, answer);
        findings.Require(users.All(user => user["id"] is JsonValue), FindingKinds.IdMissing, answer);
        findings.Require(numbers[0].Value >= users.Length, FindingKinds.TotalWrong, answer);
        return new UserList(numbers[0].Value!.Value, numbers[1].Value!.Value, numbers[2].Value!.Value, users);
    }

    /// <summary>A conflict: 409, and the keyword that says of what kind.</summary>
    public bool IsConflict(ScimAnswer answer) =>
        findings.Require(answer.Status == 409 && answer.ScimType == "uniqueness", FindingKinds.ConflictWrong, answer);

    // RFC 7644 §3.12; `status` is a string.
    private void IsError(ScimAnswer answer)
    {
        var body = answer.Json!;
        var hasUrn = body["schemas"] is JsonArray schemas && schemas.Any(schema => schema?.ToString() == ScimUrns.Error);
        var hasStatus = body["status"] is JsonValue status
            && status.GetValueKind() == JsonValueKind.String
            && status.ToString() == answer.Status.ToString(System.Globalization.CultureInfo.InvariantCulture);
        findings.Require(hasUrn && hasStatus, FindingKinds.ErrorShape, answer);
    }

    private static bool HasPassword(JsonObject body) =>
        body.ContainsKey("password") || (body["Resources"] is JsonArray resources && resources.OfType<JsonObject>().Any(one => one.ContainsKey("password")));

    private static (int? Value, bool IsString) Number(JsonNode? node) => node switch
    {
        JsonValue value when value.TryGetValue<int>(out var number) => (number, false),
        JsonValue value when value.TryGetValue<string>(out var text) => (int.TryParse(text, out var number) ? number : null, true),
        _ => (null, false),
    };
}
