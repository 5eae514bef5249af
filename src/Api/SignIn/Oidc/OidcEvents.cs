using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using OrleansIdentity.Api.Sessions;
using OrleansIdentity.Api.Settings;
using OrleansIdentity.Api.SignIn.Pages;
using OrleansIdentity.Api.SignIn.SignOn;
using OrleansIdentity.Api.TenantApi;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Okta.Errors;

namespace OrleansIdentity.Api.SignIn.Oidc;

/// <summary>What this product adds to the protocol: the factors that are asked for, whom an answer signs in, and what is said when it does not.</summary>
internal sealed class OidcEvents(SignOnDoor door, SessionCookies cookies, LogoutHints hints, TimeProvider time) : OpenIdConnectEvents
{
    /// <summary>Where a sign-in leads, below the tenant's root; in the state, which nobody else can write.</summary>
    public const string ReturnToItem = "return_to";

    public override Task RedirectToIdentityProvider(RedirectContext context)
    {
        context.ProtocolMessage.LoginHint = context.Properties.GetParameter<string>(OpenIdConnectParameterNames.LoginHint);
        if (OidcCall.Of(context.HttpContext).Call.SignIn.RequireMultiFactor)
        {
            context.ProtocolMessage.AcrValues = MultiFactor.Asked;
        }

        return Task.CompletedTask;
    }

    // RFC 9207 §2.4: Okta does not name itself in its answers; a provider that does has to be the right one.
    public override Task MessageReceived(MessageReceivedContext context) => context.ProtocolMessage.Iss is { } issuer && issuer != OidcCall.Of(context.HttpContext).Settings.Issuer
        ? throw new OidcRefusedException(SignOnRefusals.IssuerMismatch)
        : Task.CompletedTask;

    public override Task TokenValidated(TokenValidatedContext context)
    {
        OidcCall.Of(context.HttpContext).IdToken = context.TokenEndpointResponse?.IdToken;
        return Task.CompletedTask;
    }

    public override async Task TicketReceived(TicketReceivedContext context)
    {
        var (http, oidc) = (context.HttpContext, OidcCall.Of(context.HttpContext));
        var (call, place, user) = (oidc.Call, TenantCall.Place(http), context.Principal!);
        context.HandleResponse();

        string[] factors = [.. user.FindAll("amr").Select(claim => claim.Value)];
        var isMultiFactor = MultiFactor.IsShown(factors, user.FindFirst("acr")?.Value);
        var identity = new SignOnIdentity(
            SignInMethods.OpenIdConnect, user.FindFirst("sub")!.Value, user.FindFirst("email")?.Value, factors, isMultiFactor, user.FindFirst("sid")?.Value);
        var outcome = isMultiFactor && call.SignIn.RequireMultiFactor && !MultiFactor.IsRecent(user.FindFirst("auth_time")?.Value, call.SignIn.SessionTimeout, time.GetUtcNow())
            ? await door.RefuseAsync(call, place, identity.Method, SignOnRefusals.SignInTooOld)
            : await door.BeginAsync(call, place, identity);
        if (outcome.Ticket is not { } ticket)
        {
            await SignOnRefusals.Page(http, outcome.Refusal!, OktaPaths.Start).ExecuteAsync(http);
            return;
        }

        cookies.Write(http, ticket, call.SignIn.SessionTimeout);
        hints.Write(http, call.Tenant, oidc.IdToken!, call.SignIn.SessionTimeout);
        var returnTo = context.Properties!.Items.TryGetValue(ReturnToItem, out var asked) ? ReturnTo.Local(call.RootPath, asked) : null;
        await SignInPages.SeeOther(http, returnTo ?? $"{call.RootPath}{SignInPages.Root}/sign_in").ExecuteAsync(http);
    }

    public override Task AccessDenied(AccessDeniedContext context)
    {
        context.HandleResponse();
        return RefuseAsync(context.HttpContext, SignOnRefusals.AccessDenied);
    }

    public override Task RemoteFailure(RemoteFailureContext context)
    {
        context.HandleResponse();
        return RefuseAsync(context.HttpContext, Reason(context.Failure!));
    }

    /// <summary>Refuses a sign-in, with a page and an event.</summary>
    public async Task RefuseAsync(HttpContext http, string reason)
    {
        var outcome = await door.RefuseAsync(OidcCall.Of(http).Call, TenantCall.Place(http), SignInMethods.OpenIdConnect, reason);
        await SignOnRefusals.Page(http, outcome.Refusal!, OktaPaths.Start).ExecuteAsync(http);
    }

    /// <summary>What it means that something was thrown; the provider's own words go no further.</summary>
    public static string Reason(Exception failure) => failure switch
    {
        OidcRefusedException refused => refused.Reason,
        ProviderException => SignOnRefusals.ProviderUnavailable,
        _ when SendFailures.IsOne(failure) => SignOnRefusals.ProviderUnavailable,
        _ when failure.Data["error"] is string error => error == "unmet_authentication_requirements" ? SignOnRefusals.FactorsUnmet : SignOnRefusals.ProviderError,
        SecurityTokenException or OpenIdConnectProtocolException => SignOnRefusals.TokenInvalid,
        { InnerException: { } inner } => Reason(inner),
        AuthenticationFailureException => SignOnRefusals.StateInvalid,
        _ => SignOnRefusals.ProviderError,
    };
}
