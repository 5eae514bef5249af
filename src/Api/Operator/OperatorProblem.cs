using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Grains.Contracts;

namespace OrleansIdentity.Api.Operator;

/// <summary>Errors of the operator API.</summary>
internal static class OperatorProblem
{
    public static IResult From(Refusal refusal) => Problem.From(refusal);

    public static IResult From(int status, string id, string detail) => Problem.From(status, id, detail);
}
