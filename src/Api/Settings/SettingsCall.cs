using Microsoft.AspNetCore.Http.Features;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.TenantApi;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Integrations;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Api.Settings;

/// <summary>One call of an owner or admin that the door has let through.</summary>
/// <param name="Call">The tenant's call.</param>
/// <param name="By">Who asks.</param>
/// <param name="Settings">The settings as this call has found them: a change is made to these, or refused.</param>
internal sealed record SettingsCall(TenantCall Call, Actor By, IntegrationView Settings)
{
    /// <summary>The call that a request is.</summary>
    public static SettingsCall Of(HttpContext http) => http.Features.GetRequiredFeature<SettingsCall>();

    /// <summary>The settings' entity tag.</summary>
    public static string Tag(IntegrationView settings) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"\"{settings.Version}\"");

    /// <summary>Gives an answer the settings' entity tag.</summary>
    public static void Tagged(HttpContext http, IntegrationView settings)
    {
        http.Response.Headers.ETag = Tag(settings);
        http.Response.Headers.CacheControl = "no-store";
    }

    /// <summary>Who changes are said to be by.</summary>
    public EventOrigin Origin => new("settings", By.Id, Call.CorrelationId);

    /// <summary>Gives an answer the settings' entity tag.</summary>
    public void Tag(HttpContext http) => http.Response.Headers.ETag = Tag(Settings);

    /// <summary>The settings as they are now, as an answer.</summary>
    public IResult Answer(HttpContext http) => Answer(http, Settings);

    /// <summary>Has the tenant make a change, and answers the settings as they are then.</summary>
    public async Task<IResult> ChangeAsync(HttpContext http, IntegrationCommand command)
    {
        var tenant = http.RequestServices.GetRequiredService<GrainsOf<ITenantGrain>>().Get(Call.Tenant);
        var reply = await tenant.ChangeIntegrationAsync(command).WaitAsync(Call.Deadline);
        return reply.Refusal is { } refusal ? Problem.From(refusal) : Answer(http, reply.Settings!);
    }

    private static IResult Answer(HttpContext http, IntegrationView settings)
    {
        Tagged(http, settings);
        return Results.Ok(OktaSettings.From(settings, $"{http.Request.Scheme}://{http.Request.Host.Value}{http.Request.PathBase.Value}"));
    }
}
