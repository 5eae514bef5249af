namespace OrleansIdentity.Api.Hosting;

/// <summary>What is answered where no endpoint has answered: problem details (RFC 9457) with a stable id, like every other error.</summary>
internal static class HttpProblems
{
    /// <summary>The <c>type</c> of a problem with this id.</summary>
    public static string TypeOf(string id) => $"urn:orleansidentity:error:{id}";

    /// <summary>Gives an id to a problem that has none.</summary>
    public static void Configure(ProblemDetailsOptions options) => options.CustomizeProblemDetails = context =>
    {
        var problem = context.ProblemDetails;
        if (problem.Extensions.ContainsKey("id"))
        {
            return;
        }

        var (id, detail) = problem.Status switch
        {
            StatusCodes.Status404NotFound => ("route-unknown", "There is nothing at this address. Check the path."),
            StatusCodes.Status405MethodNotAllowed => ("method-not-allowed", "This address does not support the method. The Allow header names those that it does."),
            StatusCodes.Status415UnsupportedMediaType => ("media-type-unsupported", "The body must be JSON. Set Content-Type to application/json."),
            >= StatusCodes.Status500InternalServerError => ("internal", "The request failed for a reason that is not yours. The log has more under the trace id."),
            _ => ("request-refused", "The request cannot be answered as it is."),
        };
        problem.Detail = detail;
        problem.Type = TypeOf(id);
        problem.Extensions["id"] = id;
    };
}
