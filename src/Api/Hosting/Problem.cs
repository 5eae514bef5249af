using Orleans.Runtime;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Errors;

namespace OrleansIdentity.Api.Hosting;

/// <summary>Errors of the APIs that are not SCIM: problem details (RFC 9457) with the stable id as <c>type</c> and as <c>id</c>.</summary>
internal static class Problem
{
    public static IResult From(Refusal refusal) => From(refusal.Status, refusal.Id, refusal.Detail);

    public static IResult From(ScimError error) => From(error.Status, error.Id, error.Detail);

    public static IResult From(int status, string id, string detail) => From(status, id, detail, []);

    /// <summary>A problem that says more than a sentence.</summary>
    public static IResult From(int status, string id, string detail, params (string Name, object Value)[] more) => Results.Problem(
        detail, statusCode: status, type: HttpProblems.TypeOf(id),
        extensions: more.Select(one => KeyValuePair.Create(one.Name, (object?)one.Value)).Prepend(KeyValuePair.Create("id", (object?)id)).ToDictionary());

    /// <summary>What a call that threw is answered; null when the reason is unknown.</summary>
    public static IResult? From(HttpContext http, Exception exception)
    {
        switch (exception)
        {
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return From(413, "body-too-large", "The body is too large for this call. Send less.");
            case BadHttpRequestException:
                return From(
                    400, "request-malformed", "The body is missing or not the JSON object that this call takes, or a query parameter is no number. See openapi.json.");
            case { } passing when IsPassing(passing):
                http.Response.Headers.RetryAfter = "1";
                return From(
                    503, "unavailable", "The store or a node does not answer. Try again; read first, the call may have had its effect.");
            default:
                return null;
        }
    }

    /// <summary>Whether the store or a node did not answer, so that the same may be answered another time.</summary>
    public static bool IsPassing(Exception exception) => exception is StoreUnavailableException or OrleansException or TimeoutException;

    /// <summary>What a call is answered that failed for an unknown reason; that is in the log.</summary>
    public static IResult Internal(HttpContext http) =>
        From(500, "internal", $"The call failed for a reason that is not yours. The log has more under {http.TraceIdentifier}.");
}
