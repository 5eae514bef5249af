using Microsoft.AspNetCore.Authentication;
using OrleansIdentity.Api.HostProduct.Import;

namespace OrleansIdentity.Api.HostProduct;

/// <summary>Registers the API for the host product, under each tenant's root.</summary>
internal static class HostEndpoints
{
    /// <summary>Where it is, relative to the tenant root.</summary>
    public const string Root = "/api/v1";

    /// <summary>The name of its OpenAPI document, and of the file.</summary>
    public const string DocumentName = "openapi";

    public static IServiceCollection AddHostApi(this IServiceCollection services)
    {
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, HostKeyHandler>(HostKeyHandler.SchemeName, null);
        services.AddAuthorizationBuilder().AddPolicy(
            HostKeyHandler.SchemeName, policy => policy.AddAuthenticationSchemes(HostKeyHandler.SchemeName).RequireAuthenticatedUser());
        services.AddExceptionHandler<HostFailures>();
        services.AddSingleton<HostServices>().AddSingleton<PeopleImport>();
        services.AddOpenApi(DocumentName, options =>
        {
            options.ShouldInclude = endpoint => endpoint.GroupName == DocumentName;
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info.Title = "OrleansIdentity host API";
                document.Info.Description = "For the host product, under the root of each tenant. Every call needs a key of the tenant as a bearer token; every change "
                    + "needs On-Behalf-Of, the id or e-mail address of the owner, admin or hr on whose behalf it is made.";
                return Task.CompletedTask;
            });
        });
        return services;
    }

    public static void MapHostApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Root).RequireAuthorization(HostKeyHandler.SchemeName).WithGroupName(DocumentName).WithTags("People");
        group.MapPeople();
        group.MapChanges();
        group.MapInvitations();
        group.MapTeamsAndGroups();
        group.MapImport();
        routes.MapOpenApi($"{Root}/{{documentName:regex(^{DocumentName}$)}}.json");
    }
}
