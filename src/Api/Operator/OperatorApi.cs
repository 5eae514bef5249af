using System.Net.Mime;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Diagnostics;
using Orleans.Runtime;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Api.Operator;

/// <summary>Registers the operator API.</summary>
internal static class OperatorApi
{
    private const string Root = "/operator/v1";

    public static IServiceCollection AddOperatorApi(this IServiceCollection services)
    {
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, OperatorKeyHandler>(OperatorKeyHandler.SchemeName, null);
        services.AddAuthorizationBuilder().AddPolicy(
            OperatorKeyHandler.SchemeName,
            policy => policy.AddAuthenticationSchemes(OperatorKeyHandler.SchemeName).RequireAuthenticatedUser());
        services.AddProblemDetails();
        services.AddOpenApi("v1", options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "OrleansIdentity operator API";
            document.Info.Description = "For the vendor. Every call needs the operator key as a bearer token, and every call is an event.";
            return Task.CompletedTask;
        }));
        return services;
    }

    public static void MapOperatorApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Root).RequireAuthorization(OperatorKeyHandler.SchemeName).WithTags("Operator");
        group.AddEndpointFilter(AnswerFailuresAsync);
        group.AddEndpointFilter(OperatorCall.RecordAsync);
        group.MapTenants();
        group.MapTokens();
        group.MapEvents();
        routes.MapOpenApi($"{Root}/openapi.json").WithMetadata(new { DocumentName = "v1" });
    }

    private static async ValueTask<object?> AnswerFailuresAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Exception exception) when (exception is StoreUnavailableException or OrleansException or TimeoutException)
        {
            context.HttpContext.Response.Headers.RetryAfter = "1";
            return OperatorProblem.From(503, "unavailable", "The store or a node does not answer. Try again; read the tenant first, the call may have had its effect.");
        }
    }
}
