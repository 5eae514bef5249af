using OrleansIdentity.Api.Scim.Bulk;
using OrleansIdentity.Api.Scim.Lists;
using OrleansIdentity.Api.Scim.Operations;
using OrleansIdentity.Api.Telemetry;
using OrleansIdentity.Api.Tenancy;
using OrleansIdentity.Grains.Schemas;
using OrleansIdentity.Scim.Errors;

namespace OrleansIdentity.Api.Scim;

/// <summary>Registers SCIM.</summary>
internal static class ScimEndpoints
{
    /// <summary>The SCIM base URL relative to the tenant root.</summary>
    public const string BasePath = "/scim/v2";

    private const string Prefix = "/scim";

    public static IServiceCollection AddScimFrontDoor(this IServiceCollection services) => services
        .AddSingleton<UserOperations>()
        .AddSingleton<GroupOperations>()
        .AddSingleton<UserEndpoints>()
        .AddSingleton<GroupEndpoints>()
        .AddSingleton<Cursors>()
        .AddSingleton<ListEndpoints>()
        .AddSingleton<BulkDispatch>()
        .AddSingleton<BulkEndpoint>()
        .AddSingleton<DiscoveryEndpoints>()
        .AddSingleton<ScimAdmission>()
        .AddSingleton<ScimFailures>()
        .AddSingleton<UnauthorizedLog>()
        .AddSingleton<UserTypes>()
        .AddSingleton<TenantUserTypes>()
        .AddSingleton(provider => Routes(
            provider.GetRequiredService<UserEndpoints>(),
            provider.GetRequiredService<GroupEndpoints>(),
            provider.GetRequiredService<ListEndpoints>(),
            provider.GetRequiredService<BulkEndpoint>(),
            provider.GetRequiredService<DiscoveryEndpoints>()))
        .AddSingleton<ScimFrontDoor>();

    public static void MapScim(this IEndpointRouteBuilder routes)
    {
        var door = routes.ServiceProvider.GetRequiredService<ScimFrontDoor>();
        routes.Map(Prefix + "/{**path}", http => door.HandleAsync(http, http.Request.Path.Value![Prefix.Length..]));
    }

    private static ScimRouter Routes(
        UserEndpoints users, GroupEndpoints groups, ListEndpoints lists, BulkEndpoint bulk, DiscoveryEndpoints discovery) => new ScimRouter()
        .MapList("", lists, lists.All)
        .MapList("Users", lists, lists.Users)
        .MapList("Groups", lists, lists.Groups)
        .MapResources("Users", users)
        .MapResources("Groups", groups)
        .Map("GET", "ServiceProviderConfig", discovery.ServiceProviderConfigAsync, isPublic: true)
        .Map("GET", "ResourceTypes", discovery.ResourceTypesAsync)
        .Map("GET", "ResourceTypes/*", discovery.ResourceTypeAsync)
        .Map("GET", "Schemas", discovery.SchemasAsync)
        .Map("GET", "Schemas/*", discovery.SchemaAsync)
        .Map("POST", "Bulk", bulk.HandleAsync)
        .Map(ScimRouter.AnyMethod, "Me", NoSubjectAsync);

    private static ScimRouter MapList(this ScimRouter router, string name, ListEndpoints lists, ResourceList list) => router
        .Map("GET", name, lists.Get(list))
        .Map("POST", name.Length == 0 ? ".search" : $"{name}/.search", lists.Search(list));

    private static ScimRouter MapResources(this ScimRouter router, string name, ResourceEndpoints resources) => router
        .Map("POST", name, resources.CreateAsync)
        .Map("GET", $"{name}/*", resources.ReadAsync)
        .Map("PUT", $"{name}/*", resources.ReplaceAsync)
        .Map("PATCH", $"{name}/*", resources.PatchAsync)
        .Map("DELETE", $"{name}/*", resources.DeleteAsync);

    // RFC 7644 §3.11: 501 when the server does not support it; here there is nothing to support, since no token is a user's.
    private static Task NoSubjectAsync(ScimContext context, string id) => ScimResponse.ErrorAsync(context.Http, ScimErrors.NoSubject());
}
