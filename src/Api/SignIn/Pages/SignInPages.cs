using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using OrleansIdentity.Api.Sessions;
using OrleansIdentity.Api.Settings;
using OrleansIdentity.Api.SignIn.Oidc;
using OrleansIdentity.Api.SignIn.Saml;
using OrleansIdentity.Api.TenantApi;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Integrations;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Contracts.Users;

namespace OrleansIdentity.Api.SignIn.Pages;

/// <summary>The pages for signing in and out, for people with any browser: plain forms, each with a token that another site cannot know.</summary>
internal static class SignInPages
{
    /// <summary>Where they are, relative to the tenant root.</summary>
    public const string Root = "/users";

    private const int MaxBody = 16 * 1024;

    public static void AddSignInPages(this IServiceCollection services) => services.AddAntiforgery().AddOptions<AntiforgeryOptions>()
        .Configure<IHostEnvironment>((forms, environment) =>
        {
            forms.FormFieldName = "form_token";
            forms.Cookie.Name = environment.IsDevelopment() ? "form" : "__Host-form";
            forms.Cookie.Path = "/";
            forms.Cookie.SameSite = SameSiteMode.Strict;
            forms.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            forms.SuppressXFrameOptionsHeader = true;
        });

    public static void MapSignInPages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup(Root).ExcludeFromDescription().WithMetadata(new TenantApiRoutes.BodyLimit(MaxBody)).AddEndpointFilter(RequireTenantAsync);
        pages.MapGet("/sign_in", ShowAsync);
        pages.MapPost("/sign_in", SignInAsync);
        pages.MapPost("/sign_out", SignOutAsync);
        pages.MapGet("/style.css", (HttpContext http) =>
        {
            Page.Secure(http.Response);
            http.Response.Headers.CacheControl = "public, max-age=3600";
            return Results.Text(Style.Css, "text/css");
        });
        pages.MapPasswordPages();
        pages.MapOidcPages();
        pages.MapSamlPages();
    }

    /// <summary>The page for what went wrong.</summary>
    public static IResult Failure(HttpContext http, int status, string detail) =>
        new Page(status, http.Request.PathBase.Value ?? "", "That did not work", SignInForms.Text(detail));

    /// <summary>The field that says that a form is ours.</summary>
    internal static Html Token(HttpContext http)
    {
        var token = http.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http);
        return Html.Of($"<input type=\"hidden\" name=\"{token.FormFieldName}\" value=\"{token.RequestToken}\">");
    }

    /// <summary>A form's fields, when it is one of ours.</summary>
    /// <exception cref="AntiforgeryValidationException">It is not.</exception>
    internal static async Task<IFormCollection> ReadFormAsync(HttpContext http)
    {
        await http.RequestServices.GetRequiredService<IAntiforgery>().ValidateRequestAsync(http);
        return await http.Request.ReadFormAsync(TenantCall.Of(http).Deadline);
    }

    private static async ValueTask<object?> RequireTenantAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        await TenantCall.OfAsync(context.HttpContext) is null
            ? Failure(context.HttpContext, 404, "There is nobody at this address. Check it letter by letter, or ask whoever gave it to you.")
            : await next(context);

    private static async Task<IResult> ShowAsync(HttpContext http, GrainsOf<IUserGrain> users, SignOutAtOkta okta, string? return_to = null)
    {
        var call = TenantCall.Of(http);
        if (!await AuthenticateAsync(http))
        {
            return await FormAsync(http, 200, null, return_to, null);
        }

        var session = LiveSession.Of(http);
        var reply = await users.Get(GrainKeys.Resource(call.Tenant, session.Ticket.UserId)).ReadAccountAsync().WaitAsync(call.Deadline);
        var me = reply.Account is { } account ? Me.From(call.Tenant, account, session.Ticket.SessionId) : null;
        return new Page(200, call.RootPath, "Signed in", SignInForms.SignedIn(call.RootPath, Token(http), me?.DisplayName ?? me?.UserName ?? "", call.Tenant))
        {
            // Browsers hold a form's redirects against the policy too.
            FormTarget = await okta.OriginAsync(http, call),
        };
    }

    private static async Task<IResult> SignInAsync(HttpContext http, PasswordDoor door, SessionCookies cookies)
    {
        var call = TenantCall.Of(http);
        var form = await ReadFormAsync(http);
        var (login, returnTo) = (form["login"].ToString(), form["return_to"].ToString());
        var outcome = await door.SignInAsync(call, TenantCall.Place(http), login, form["password"].ToString());
        if (outcome.Ticket is { } ticket)
        {
            // A session that was here before is another one: what somebody planted in this browser is worth nothing after it.
            cookies.Write(http, ticket, call.SignIn.SessionTimeout);
            return SeeOther(http, ReturnTo.Local(call.RootPath, returnTo) ?? $"{call.RootPath}{Root}/sign_in");
        }

        if (outcome.RetryAfter is { } wait)
        {
            http.Response.Headers.RetryAfter = ((int)wait.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return await FormAsync(http, outcome.Refusal!.Status, login, returnTo, outcome.Refusal.Detail);
    }

    private static async Task<IResult> SignOutAsync(HttpContext http, GrainsOf<IUserGrain> users, SessionCookies cookies, SignOutAtOkta okta, LogoutHints hints)
    {
        var call = TenantCall.Of(http);
        var isSignedIn = await AuthenticateAsync(http);
        await ReadFormAsync(http);
        if (isSignedIn)
        {
            var ticket = LiveSession.Of(http).Ticket;
            var command = new EndSession(call.Origin(ticket.UserId), call.AnswerBy, ticket.SessionId);
            var reply = await users.Get(GrainKeys.Resource(call.Tenant, ticket.UserId)).EndSessionAsync(command).WaitAsync(call.Deadline);
            if (reply.Refusal is { Status: >= 500 } refusal)
            {
                return Failure(http, refusal.Status, refusal.Detail);
            }
        }

        var target = await okta.TargetAsync(http, call);
        cookies.Delete(http, call.Tenant);
        hints.Delete(http, call.Tenant);
        return SeeOther(http, target?.AbsoluteUri ?? $"{call.RootPath}{Root}/sign_in");
    }

    private static async Task<Page> FormAsync(HttpContext http, int status, string? login, string? returnTo, string? error)
    {
        var call = TenantCall.Of(http);
        return new Page(status, call.RootPath, $"Sign in to {call.Tenant}", SignInForms.SignIn(
            call.RootPath, Token(http), login, ReturnTo.Local("", returnTo), error, takesPasswords: !call.SignIn.SsoOnly,
            await SsoPathAsync(http)));
    }

    /// <summary>Where single sign-on begins; null at a tenant without it.</summary>
    internal static async Task<string?> SsoPathAsync(HttpContext http)
    {
        var call = TenantCall.Of(http);
        return await http.RequestServices.GetRequiredService<GrainsOf<ITenantGrain>>().Get(call.Tenant).ReadIntegrationAsync().WaitAsync(call.Deadline) switch
        {
            { IsEnabled: true, Sso.Method: SsoMethod.OpenIdConnect } => OktaPaths.Start,
            { IsEnabled: true, Sso.Method: SsoMethod.Saml } => OktaPaths.SamlStart,
            _ => null,
        };
    }

    // The token in a form belongs to who it was made for: the request has to be that person's before it is looked at.
    private static async Task<bool> AuthenticateAsync(HttpContext http)
    {
        var result = await http.AuthenticateAsync(SessionHandler.SchemeName);
        if (result.Succeeded)
        {
            http.User = result.Principal;
        }

        return result.Succeeded;
    }

    internal static IResult SeeOther(HttpContext http, string path)
    {
        Page.Secure(http.Response);
        http.Response.Headers.Location = path;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
