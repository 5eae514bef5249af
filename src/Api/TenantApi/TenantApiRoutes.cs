using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using OrleansIdentity.Api.DataProtection;
using OrleansIdentity.Api.Introspection;
using OrleansIdentity.Api.Links;
using OrleansIdentity.Api.Mail;
using OrleansIdentity.Api.Operator;
using OrleansIdentity.Api.Sessions;
using OrleansIdentity.Api.Settings;
using OrleansIdentity.Api.SignIn;
using OrleansIdentity.Api.SignIn.Oidc;
using OrleansIdentity.Api.SignIn.Pages;
using OrleansIdentity.Api.SignIn.Revocation;
using OrleansIdentity.Api.SignIn.Saml;
using OrleansIdentity.Okta;
using OrleansIdentity.Silo.Hosting;

namespace OrleansIdentity.Api.TenantApi;

/// <summary>Registers what lies below a tenant's root beside SCIM: pages to sign in, and the JSON API of sessions.</summary>
internal static class TenantApiRoutes
{
    /// <summary>Where the JSON API is, relative to the tenant root.</summary>
    public const string Root = "/api/v1";

    private const string Document = "sessions-v1";
    private const int MaxBody = 16 * 1024;

    public static IServiceCollection AddTenantApi(this IServiceCollection services)
    {
        services.AddSharedDataProtection();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, SessionHandler>(SessionHandler.SchemeName, null);
        services.AddAuthorizationBuilder().AddPolicy(
            SessionHandler.SchemeName, policy => policy.AddAuthenticationSchemes(SessionHandler.SchemeName).RequireAuthenticatedUser());
        services.AddExceptionHandler<TenantApiFailures>();
        services.AddSingleton<SessionTickets>().AddSingleton<HostCookies>().AddSingleton<SessionCookies>().AddSingleton<SessionChecks>();
        services.AddSingleton<IPasswordHasher<object>, PasswordHasher<object>>().AddSingleton<Passwords>().AddSingleton<PasswordDoor>();
        services.AddOptions<PasswordHasherOptions>().Configure<IOptions<SignIn.SignInOptions>>((hasher, signIn) => hasher.IterationCount = signIn.Value.HashIterations);
        services.AddSingleton<LinkTokens>().AddSingleton<LinkSender>().AddSingleton<DueInvitations>().AddSingleton<TenantAddresses>().AddSingleton<Owners>().AddSingleton<ForgottenPasswords>();
        services.AddSingleton<IMailTransport>(provider => provider.GetRequiredService<IOptions<MailOptions>>().Value.Host is null
            ? ActivatorUtilities.CreateInstance<PickupTransport>(provider)
            : ActivatorUtilities.CreateInstance<SmtpTransport>(provider));
        services.AddHostedService<MailWorker>();
        services.AddSignInPages();
        services.AddOktaClient();
        services.AddOidc();
        services.AddSaml();
        services.AddSettings();
        services.AddOpenApi(Document, options =>
        {
            options.ShouldInclude = endpoint => endpoint.GroupName == Document;
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info.Title = "OrleansIdentity sessions API";
                document.Info.Description = "Relative to a tenant's root. Sessions by password, who one is, and introspection for the host product's services.";
                return Task.CompletedTask;
            });
        });
        return services;
    }

    public static void MapTenantApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Root).WithGroupName(Document).WithTags("Sessions").WithMetadata(new BodyLimit(MaxBody)).AddEndpointFilter(TenantCall.RequireAsync);
        group.MapSessions();
        group.MapIntrospection();
        group.MapRevocation();
        routes.MapSignInPages();
        routes.MapSettings();
        routes.MapOpenApi($"{Root}/{{documentName:regex(^{Document}$)}}.json");
    }

    /// <summary>The largest body that a route takes.</summary>
    internal sealed record BodyLimit(long? MaxRequestBodySize) : Microsoft.AspNetCore.Http.Metadata.IRequestSizeLimitMetadata;
}
