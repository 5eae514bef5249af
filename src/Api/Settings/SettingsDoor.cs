using Microsoft.AspNetCore.Authentication;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.Sessions;
using OrleansIdentity.Api.TenantApi;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Contracts.Users;

namespace OrleansIdentity.Api.Settings;

/// <summary>Who may see and change the settings: rules.md, rules 2 and 3.</summary>
internal static class SettingsDoor
{
    /// <summary>
    /// Lets owners and admins through. While the vendor has not enabled the integration there is nothing here, whoever asks. That a browser was not made
    /// to send this by another site's page, <see cref="SessionHandler"/> has seen to.
    /// </summary>
    public static async ValueTask<object?> RequireAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var call = TenantCall.Of(http);
        var tenant = http.RequestServices.GetRequiredService<GrainsOf<ITenantGrain>>().Get(call.Tenant);
        if (await tenant.ReadIntegrationAsync().WaitAsync(call.Deadline) is not { IsEnabled: true } settings)
        {
            return Problem.From(404, "integration-not-enabled", "The Okta integration is not enabled here. Ask your vendor to enable it.");
        }

        if (!(await http.AuthenticateAsync(SessionHandler.SchemeName)).Succeeded)
        {
            await http.ChallengeAsync(SessionHandler.SchemeName);
            return Results.Empty;
        }

        var session = LiveSession.Of(http);
        if (session.Role is not (Roles.Owner or Roles.Admin))
        {
            return Problem.From(403, "settings-role-required", "Only an owner or admin may see and change the integration. Ask one of them.");
        }

        if (!Matches(http.Request.Headers.IfMatch.ToString(), SettingsCall.Tag(settings)))
        {
            return Problem.From(412, "settings-changed", "Somebody changed the settings meanwhile. Nothing was changed. Read them again, and decide anew.");
        }

        http.Features.Set(new SettingsCall(call, new Actor(session.Ticket.UserId, session.Role), settings));
        return await next(context);
    }

    // RFC 9110 §13.1.1.
    private static bool Matches(string header, string tag) => header.Length == 0 || header.Split(',', StringSplitOptions.TrimEntries).Any(one => one == "*" || one == tag);
}
