using OrleansIdentity.Api.Scim.Bulk;
using OrleansIdentity.Api.Scim.Operations;
using OrleansIdentity.Api.Telemetry;
using OrleansIdentity.Scim.Errors;

namespace OrleansIdentity.Api.Scim;

/// <summary>Registers SCIM.</summary>
internal static class ScimEndpoints
{
    /// <summary>The SCIM base URL relative to the tenant root.</summary>
    public const string BasePath = "/scim/v2";

    public static IServiceCollection AddScimFrontDoor(this IServiceCollection services) => services
        .AddSingleton<UserOperations>()
        .AddSingleton<GroupOperations>()
        .AddSingleton<UserEndpoints>()
        .AddSingleton<GroupEndpoints>()
        .AddSingleton<BulkDispatch>()
        .AddSingleton<BulkEndpoint>()
        .AddSingleton<DiscoveryEndpoints>()
        .AddSingleton<ScimAdmission>()
        .AddSingleton<ScimFailures>()
        .AddSingleton<UnauthorizedLog>()
        .AddSingleton(provider => Routes(
            provider.GetRequiredService<UserEndpoints>(),
            provider.GetRequiredService<GroupEndpoints>(),
            provider.GetRequiredService<BulkEndpoint>(),
            provider.GetRequiredService<DiscoveryEndpoints>()))
        .AddSingleton<ScimFrontDoor>();

    public static void MapScim(this IEndpointRouteBuilder routes)
    {
        var door = routes.ServiceProvider.GetRequiredService<ScimFrontDoor>();
        routes.Map(BasePath + "/{**path}", http => door.HandleAsync(http, http.Request.Path.Value![BasePath.Length..]));
    }

    private static ScimRouter Routes(UserEndpoints users, GroupEndpoints groups, BulkEndpoint bulk, DiscoveryEndpoints discovery) => new ScimRouter()
        .MapResources("Users", users)
        .MapResources("Groups", groups)
        .Map("GET", "ServiceProviderConfig", discovery.ServiceProviderConfigAsync, isPublic: true)
        .Map("GET", "ResourceTypes", discovery.ResourceTypesAsync)
        .Map("GET", "ResourceTypes/*", discovery.ResourceTypeAsync)
        .Map("GET", "Schemas", discovery.SchemasAsync)
        .Map("GET", "Schemas/*", discovery.SchemaAsync)
        .Map("POST", ".search", NotImplementedAsync)
        .Map("POST", "Bulk", bulk.HandleAsync)
        .Map("GET", "Me", NotImplementedAsync);

    private static ScimRouter MapResources(this ScimRouter router, string name, ResourceEndpoints resources) => router
        .Map("GET", name, resources.ListAsync)
        .Map("POST", name, resources.CreateAsync)
        .Map("GET", $"{name}/*", resources.ReadAsync)
        .Map("PUT", $"{name}/*", resources.ReplaceAsync)
        .Map("PATCH", $"{name}/*", resources.PatchAsync)
        .Map("DELETE", $"{name}/*", resources.DeleteAsync)
        .Map("POST", $"{name}/.search", NotImplementedAsync);

    private static Task NotImplementedAsync(ScimContext context, string id) =>
        ScimResponse.ErrorAsync(context.Http, ScimErrors.NotImplemented(context.Http.Request.Path.Value!));
}
