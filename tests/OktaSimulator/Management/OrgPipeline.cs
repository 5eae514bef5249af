using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OrleansIdentity.OktaSimulator.Management.Control;
using OrleansIdentity.OktaSimulator.Management.Faults;
using OrleansIdentity.OktaSimulator.Management.Limits;
using OrleansIdentity.OktaSimulator.Management.Tokens;
using OrleansIdentity.OktaSimulator.Provider;

namespace OrleansIdentity.OktaSimulator.Management;

/// <summary>What every request goes through: the log, the clock, the limits, the faults, the caller's rights.</summary>
internal static class OrgPipeline
{
    private static readonly object CallerKey = new();
    private static readonly object FaultKey = new();

    public static void Map(WebApplication app, SimulatedOrg org)
    {
        app.Use((http, next) =>
        {
            if (!http.Request.Path.StartsWithSegments("/sim"))
            {
                org.Requests.Add(http.Request);
            }

            http.Response.Headers.Date = org.Clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
            return next(http);
        });
        app.Use((http, next) => http.Request.Path.StartsWithSegments("/sim") ? next(http) : LimitAsync(org, http, next));
        app.UseRouting();
        app.MapPost("/oauth2/v1/token", http => TokenEndpoint.HandleAsync(org, http));
        ProviderEndpoints.Map(app, org);
        ManagementApi.Map(app, org);
        ControlApi.Map(app, org);
    }

    /// <summary>The caller of the API.</summary>
    public static Caller CallerOf(HttpContext http) => (Caller)http.Items[CallerKey]!;

    /// <summary>The fault that the list of this answer has; null for none.</summary>
    public static Fault? FaultOf(HttpContext http) => http.Items[FaultKey] as Fault;

    private static async Task LimitAsync(SimulatedOrg org, HttpContext http, RequestDelegate next)
    {
        var fault = org.Faults.Next(http.Request.Path.Value ?? "");
        http.Items[FaultKey] = fault;
        var isWithin = org.Limits.Enter(http.Response, OrgLimits.BucketOf(http.Request.Path.Value ?? ""), fault?.Kind == FaultKind.TooManyAtOnce);
        try
        {
            if (!isWithin)
            {
                await org.Errors.TooManyAsync(http);
            }
            else if (fault is null || !await FaultyAnswers.TryAnswerAsync(org, http, fault))
            {
                await AuthorizeAsync(org, http, next);
            }
        }
        finally
        {
            org.Limits.Leave();
        }
    }

    private static async Task AuthorizeAsync(SimulatedOrg org, HttpContext http, RequestDelegate next)
    {
        if (http.Request.Path.StartsWithSegments("/api/v1"))
        {
            if (await CallerCheck.AuthenticateAsync(org, http) is not { } caller)
            {
                return;
            }

            http.Items[CallerKey] = caller;
        }

        await next(http);
        if (http.Response.StatusCode is 404 or 405 && !http.Response.HasStarted)
        {
            await org.Errors.MethodNotAllowedAsync(http);
        }
    }
}
