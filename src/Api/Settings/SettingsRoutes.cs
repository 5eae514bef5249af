using OrleansIdentity.Api.Settings.Provisioning;
using OrleansIdentity.Api.TenantApi;

namespace OrleansIdentity.Api.Settings;

/// <summary>The settings of the Okta integration, for a tenant's owners and admins. Each section maps its routes below <see cref="Root"/>, behind the one door.</summary>
internal static class SettingsRoutes
{
    /// <summary>Where they are, relative to the tenant root.</summary>
    public const string Root = $"{TenantApiRoutes.Root}/settings/integrations/okta";

    /// <summary>The name of the OpenAPI document, and of the group of the routes in it.</summary>
    public const string Document = "settings-v1";

    private const int MaxBody = 64 * 1024;

    public static IServiceCollection AddSettings(this IServiceCollection services) => services.AddSingleton<SsoChecks>().AddOpenApi(Document, options =>
    {
        options.ShouldInclude = endpoint => endpoint.GroupName == Document;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "OrleansIdentity settings API";
            document.Info.Description = "Relative to a tenant's root. For its owners and admins: by the browser's session cookie, or by a session's token as a bearer token. "
                + "Every answer has an ETag; a change with If-Match is refused with 412 when somebody else was first.";
            return Task.CompletedTask;
        });
    });

    public static void MapSettings(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Root).WithGroupName(Document).WithTags("Settings").WithMetadata(new TenantApiRoutes.BodyLimit(MaxBody))
            .AddEndpointFilter(TenantCall.RequireAsync).AddEndpointFilter(SettingsDoor.RequireAsync);
        group.MapGet("", (HttpContext http) => SettingsCall.Of(http).Answer(http)).WithSummary("All settings of the integration; secrets only as when they were set")
            .Produces<OktaSettings>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        group.MapPolicy();
        group.MapInvitationSettings();
        group.MapSchema();
        group.MapSso();
        group.MapSaml();
        group.MapLinks();
        group.MapProvisioning();
        group.MapScimTokens();
        group.MapRuns();
        group.MapInbox();
        group.MapMove();
        routes.MapOpenApi($"{TenantApiRoutes.Root}/{{documentName:regex(^{Document}$)}}.json");
    }
}
