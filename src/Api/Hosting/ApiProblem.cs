using OrleansIdentity.Grains.Contracts;

namespace OrleansIdentity.Api.Hosting;

/// <summary>Errors of the JSON APIs: problem details (RFC 9457) with the stable id as <c>type</c> and as <c>id</c>.</summary>
internal static class ApiProblem
{
    public static IResult From(Refusal refusal) => From(refusal.Status, refusal.Id, refusal.Detail);

    public static IResult From(int status, string id, string detail) => Results.Problem(
        detail, statusCode: status, type: HttpProblems.TypeOf(id), extensions: new Dictionary<string, object?> { ["id"] = id });
}
