using Microsoft.AspNetCore.Http.Features;
using OrleansIdentity.Grains.Contracts.Directory;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Api.Operator;

/// <summary>One call of the operator API: its correlation id, and whether a commit has recorded it already.</summary>
internal sealed class OperatorCall
{
    private OperatorCall(string correlationId) => Origin = new EventOrigin("operator", "operator", correlationId);

    /// <summary>Who asks.</summary>
    public EventOrigin Origin { get; }

    /// <summary>Set when the call changed a record: its event is in that commit.</summary>
    public bool IsRecorded { get; set; }

    /// <summary>The call that a request is.</summary>
    public static OperatorCall Of(HttpContext http) => http.Features.GetRequiredFeature<OperatorCall>();

    /// <summary>Gives the request its correlation id.</summary>
    public static OperatorCall Begin(HttpContext http)
    {
        var time = http.RequestServices.GetRequiredService<TimeProvider>();
        var call = new OperatorCall(Guid.CreateVersion7(time.GetUtcNow()).ToString("n"));
        http.Features.Set(call);
        http.Response.Headers["X-Correlation-Id"] = call.Origin.CorrelationId;
        return call;
    }

    /// <summary>Makes every call one event: what changed no record goes to the system's own log, before it is answered.</summary>
    public static async ValueTask<object?> RecordAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var call = Begin(context.HttpContext);
        var result = await next(context);
        await call.RecordAsync(context.HttpContext);
        return result;
    }

    /// <summary>Records the call, unless a commit has.</summary>
    public async Task RecordAsync(HttpContext http)
    {
        if (IsRecorded)
        {
            return;
        }

        var log = http.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<IDirectoryGrain>(RecordKey.SystemTenant);
        await log.RecordFactAsync(EventTypes.OperatorCalled, $"{http.Request.Method} {http.Request.Path}", Origin);
    }
}
