using Microsoft.AspNetCore.Authentication;

namespace OrleansIdentity.Api.Operator;

/// <summary>Registers the operator API.</summary>
internal static class OperatorApi
{
    /// <summary>Where it is.</summary>
    public const string Root = "/operator/v1";

    private const string Document = "v1";

    public static IServiceCollection AddOperatorApi(this IServiceCollection services)
    {
        // A single scheme would be the default one, and every SCIM request would be held against the operator key.
        AppContext.SetSwitch("Microsoft.AspNetCore.Authentication.SuppressAutoDefaultScheme", true);
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, OperatorKeyHandler>(OperatorKeyHandler.SchemeName, null);
        services.AddAuthorizationBuilder().AddPolicy(
            OperatorKeyHandler.SchemeName,
            policy => policy.AddAuthenticationSchemes(OperatorKeyHandler.SchemeName).RequireAuthenticatedUser());
        services.AddExceptionHandler<OperatorFailures>();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddOpenApi(Document, options =>
        {
            options.ShouldInclude = endpoint => endpoint.GroupName == Document;
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info.Title = "OrleansIdentity operator API";
                document.Info.Description = "For the vendor. Every call needs the operator key as a bearer token, and every call is an event.";
                return Task.CompletedTask;
            });
        });
        return services;
    }

    public static void MapOperatorApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Root).RequireAuthorization(OperatorKeyHandler.SchemeName).WithGroupName(Document).WithTags("Operator");
        group.AddEndpointFilter(OperatorCall.RecordAsync);
        group.MapTenants();
        group.MapTokens();
        group.MapHostKeys();
        group.MapSchemas();
        group.MapEvents();
        group.MapSignInRules();
        group.MapApplications();
        group.MapOwners();
        routes.MapOpenApi($"{Root}/openapi.json");
    }
}
