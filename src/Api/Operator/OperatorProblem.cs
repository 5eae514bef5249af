using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Grains.Contracts;

namespace OrleansIdentity.Api.Operator;

/// <summary>Errors of the operator API: problem details (RFC 9457) with the stable id as <c>type</c> and as <c>id</c>.</summary>
internal static class OperatorProblem
{
    public static IResult From(Refusal refusal) => From(refusal.Status, refusal.Id, refusal.Detail);

    public static IResult From(int status, string id, string detail) => ApiProblem.From(status, id, detail);
}
