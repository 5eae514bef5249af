using OrleansIdentity.Api.Telemetry;
using OrleansIdentity.Scim.Errors;

namespace OrleansIdentity.Api.Scim;

/// <summary>Registers SCIM.</summary>
internal static class ScimEndpoints
{
    /// <summary>The SCIM base URL relative to the tenant root.</summary>
    public const string BasePath = "/scim/v2";

    public static IServiceCollection AddScimFrontDoor(this IServiceCollection services) => services
        .AddSingleton<UserEndpoints>()
        .AddSingleton<DiscoveryEndpoints>()
        .AddSingleton<UnauthorizedLog>()
        .AddSingleton(provider => Routes(provider.GetRequiredService<UserEndpoints>(), provider.GetRequiredService<DiscoveryEndpoints>()))
        .AddSingleton<ScimFrontDoor>();

    public static void MapScim(this IEndpointRouteBuilder routes)
    {
        var door = routes.ServiceProvider.GetRequiredService<ScimFrontDoor>();
        routes.Map(BasePath + "/{**path}", http => door.HandleAsync(http, http.Request.Path.Value![BasePath.Length..]));
    }

    private static ScimRouter Routes(UserEndpoints users, DiscoveryEndpoints discovery) => new ScimRouter()
        .Map("GET", "Users", users.ListAsync)
        .Map("POST", "Users", users.CreateAsync)
        .Map("GET", "Users/*", users.ReadAsync)
        .Map("PUT", "Users/*", users.ReplaceAsync)
        .Map("PATCH", "Users/*", users.PatchAsync)
        .Map("DELETE", "Users/*", users.DeleteAsync)
        .Map("GET", "ServiceProviderConfig", discovery.ServiceProviderConfigAsync, isPublic: true)
        .Map("GET", "ResourceTypes", discovery.ResourceTypesAsync)
        .Map("GET", "ResourceTypes/*", discovery.ResourceTypeAsync)
        .Map("GET", "Schemas", discovery.SchemasAsync)
        .Map("GET", "Schemas/*", discovery.SchemaAsync)
        .Map("POST", "Users/.search", NotImplementedAsync)
        .Map("POST", ".search", NotImplementedAsync)
        .Map("POST", "Bulk", NotImplementedAsync)
        .Map("GET", "Me", NotImplementedAsync);

    private static Task NotImplementedAsync(ScimContext context, string id) =>
        ScimResponse.ErrorAsync(context.Http, ScimErrors.NotImplemented(context.Http.Request.Path.Value!));
}
