using System.Text.Json;
using OrleansIdentity.Api.Links;
using OrleansIdentity.Api.Sessions;
using OrleansIdentity.Api.TenantApi;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Users;

namespace OrleansIdentity.Api.SignIn.Pages;

/// <summary>The pages for a forgotten password, and behind the links of mails.</summary>
internal static class PasswordPages
{
    private const string Invalid = "This link was used already, has expired or was replaced. Ask for a new one.";
    private const int MaxLogin = 512;

    public static void MapPasswordPages(this RouteGroupBuilder pages)
    {
        pages.MapGet("/password", (HttpContext http) => TakesPasswords(http)
            ?? new Page(200, TenantCall.Of(http).RootPath, "Forgotten password", SignInForms.Forgotten(TenantCall.Of(http).RootPath, SignInPages.Token(http))));
        pages.MapPost("/password", SendAsync);
        pages.MapGet("/password/{link}", ShowAsync);
        pages.MapPost("/password/{link}", SetAsync);
    }

    private static async Task<IResult> SendAsync(HttpContext http, ForgottenPasswords forgotten)
    {
        var call = TenantCall.Of(http);
        var form = await SignInPages.ReadFormAsync(http);
        if (TakesPasswords(http) is { } refused)
        {
            return refused;
        }

        if (form["login"].ToString().Trim() is { Length: > 0 and <= MaxLogin } login)
        {
            forgotten.Begin(call, TenantCall.Place(http), login);
        }

        return new Page(200, call.RootPath, "Look into your mail", SignInForms.Link(
            "If there is an account that may have one, a link is on its way to it. It works once, for an hour.", $"{call.RootPath}{SignInPages.Root}/sign_in", "Back to signing in"));
    }

    private static async Task<IResult> ShowAsync(string link, HttpContext http, GrainsOf<IUserGrain> users, LinkTokens tokens)
    {
        // An invitation is accepted by single sign-on too, also where passwords are not.
        var known = await FindAsync(link, http, users, tokens);
        if (TakesPasswords(http) is { } refused)
        {
            return known is (_, { Purpose: LinkPurpose.Invitation } invited) ? await FormAsync(200, link, http, invited, null) : refused;
        }

        return known is (_, var found) ? await FormAsync(200, link, http, found, null) : SignInPages.Failure(http, 404, Invalid);
    }

    private static async Task<IResult> SetAsync(
        string link, HttpContext http, GrainsOf<IUserGrain> users, LinkTokens tokens, Passwords passwords, PasswordDoor door, SessionCookies cookies)
    {
        var call = TenantCall.Of(http);
        var form = await SignInPages.ReadFormAsync(http);
        if (TakesPasswords(http) is { } refused)
        {
            return refused;
        }

        if (await FindAsync(link, http, users, tokens) is not var (userId, found))
        {
            return SignInPages.Failure(http, 404, Invalid);
        }

        var password = form["password"].ToString();
        if (Passwords.Complaint(password, UserName(found)) is { } complaint)
        {
            return await FormAsync(400, link, http, found, complaint);
        }

        var hash = await passwords.HashAsync(password, call.Deadline);
        var reply = await users.Get(GrainKeys.Resource(call.Tenant, userId)).UseLinkAsync(new UseLink(call.Origin(userId), call.AnswerBy, found.Id, hash)).WaitAsync(call.Deadline);
        if (reply.Refusal is { } refusal)
        {
            return SignInPages.Failure(http, refusal.Status, refusal.Detail);
        }

        var outcome = await door.BeginAsync(call, TenantCall.Place(http), userId, hash, rehashed: null);
        if (outcome.Ticket is { } ticket)
        {
            cookies.Write(http, ticket, call.SignIn.SessionTimeout);
        }

        return SignInPages.SeeOther(http, $"{call.RootPath}{SignInPages.Root}/sign_in");
    }

    private static async Task<(string UserId, LinkView Link)?> FindAsync(string token, HttpContext http, GrainsOf<IUserGrain> users, LinkTokens tokens)
    {
        var call = TenantCall.Of(http);
        if (LinkTokens.UserOf(token) is not { } userId)
        {
            return null;
        }

        var links = await users.Get(GrainKeys.Resource(call.Tenant, userId)).ReadLinksAsync().WaitAsync(call.Deadline);
        return tokens.Find(call.Tenant, userId, token, links) is { } link ? (userId, link) : null;
    }

    private static Page? TakesPasswords(HttpContext http) => TenantCall.Of(http).SignIn.SsoOnly
        ? new Page(403, TenantCall.Of(http).RootPath, "Passwords are not accepted here", SignInForms.Text("Sign in with single sign-on, or ask your administrator how to."))
        : null;

    private static async Task<Page> FormAsync(int status, string link, HttpContext http, LinkView found, string? error)
    {
        var call = TenantCall.Of(http);
        var isInvitation = found.Purpose == LinkPurpose.Invitation;
        var form = call.SignIn.SsoOnly
            ? Html.None
            : SignInForms.NewPassword($"{call.RootPath}{SignInPages.Root}/password/{link}", SignInPages.Token(http), UserName(found), error);
        return new Page(status, call.RootPath, isInvitation ? $"Welcome to {call.Tenant}" : "Set a new password", isInvitation
            ? SignInForms.Welcome(call.RootPath, await SignInPages.SsoPathAsync(http), form)
            : form);
    }

    private static string UserName(LinkView link)
    {
        using var document = JsonDocument.Parse(link.Document);
        return document.RootElement.GetProperty("userName").GetString()!;
    }
}
