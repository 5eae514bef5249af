using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Scim;

namespace OrleansIdentity.OktaSimulator.Conformance;

/// <summary>What answers are held against.</summary>
internal static class Expect
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Verdict That(ScimAnswer answer, bool holds, string expected) => new(holds ? Outcome.Pass : Outcome.Fail, expected, answer);

    public static Verdict Status(ScimAnswer answer, params int[] statuses) =>
        That(answer, statuses.Contains(answer.Status), $"expected {string.Join(" or ", statuses)}");

    /// <summary>A success, whichever it is.</summary>
    public static Verdict Success(ScimAnswer answer) => That(answer, answer.IsSuccess, "expected a success");

    /// <summary>A SCIM error (RFC 7644 §3.12) with this status, and with one of these keywords where any is given.</summary>
    public static Verdict Error(ScimAnswer answer, int status, params string[] scimTypes) => That(
        answer,
        answer.Status == status && (scimTypes.Length == 0 || scimTypes.Contains(answer.ScimType)),
        $"expected {status} {string.Join(" or ", scimTypes)}".TrimEnd());

    /// <summary>The value at a path of the body (see <see cref="Members"/>); null for none.</summary>
    public static Verdict Value(ScimAnswer answer, string path, JsonNode? expected)
    {
        var actual = answer.Json?.At(path);
        return That(
            answer,
            answer.IsSuccess && (expected is null ? Members.IsUnassigned(actual) : JsonNode.DeepEquals(actual, expected)),
            $"expected {path} {(expected is null ? "to have no value" : $"to be {Show(expected)}")}, it is {(actual is null ? "absent" : Show(actual))}");
    }

    /// <summary>A list with exactly these resources, in any order.</summary>
    public static Verdict Found(ScimAnswer answer, params Subject[] expected)
    {
        var ids = answer.Json.Resources().Select(resource => resource.Text("id") ?? "").Order(StringComparer.Ordinal).ToArray();
        return That(
            answer,
            answer.Status == 200 && ids.SequenceEqual(expected.Select(one => one.Id).Order(StringComparer.Ordinal)),
            string.Create(CultureInfo.InvariantCulture,
                $"expected {expected.Length} found, it is {ids.Length} (totalResults {answer.Json?.At("totalResults")})"));
    }

    private static string Show(JsonNode node) => node.ToJsonString(Readable);
}
