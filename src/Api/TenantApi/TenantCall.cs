using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.Tenancy;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Api.TenantApi;

/// <summary>One request to a tenant's own routes.</summary>
/// <param name="Tenant">The slug of a tenant that exists.</param>
/// <param name="RootPath">What the tenant's paths begin with: <c>/t/acme</c>, or nothing where the host names the tenant.</param>
/// <param name="SignIn">How one signs in there.</param>
/// <param name="CorrelationId">The request's id, which is in its answer, its events and its log lines.</param>
/// <param name="AnswerBy">When the caller stops waiting (UTC): no command is begun after it.</param>
/// <param name="Deadline">Ends what waits.</param>
internal sealed record TenantCall(
    string Tenant, string RootPath, SignInSettings SignIn, string CorrelationId, DateTimeOffset AnswerBy, CancellationToken Deadline)
{
    private const int MaxHeader = 1_000;

    /// <summary>The call that a request is; null when its address names no tenant that exists. Found out once a request.</summary>
    public static async ValueTask<TenantCall?> OfAsync(HttpContext http)
    {
        if (http.Features.Get<Found>() is { } found)
        {
            return found.Call;
        }

        var services = http.RequestServices;
        var (time, options) = (services.GetRequiredService<TimeProvider>(), services.GetRequiredService<IOptions<RequestOptions>>().Value);
        var timer = new CancellationTokenSource(options.Deadline, time);
        var deadline = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, http.RequestAborted);
        http.Response.RegisterForDispose(timer);
        http.Response.RegisterForDispose(deadline);
        var now = time.GetUtcNow();
        var correlationId = Guid.CreateVersion7(now).ToString("n");
        http.Response.Headers["X-Correlation-Id"] = correlationId;

        var route = await services.GetRequiredService<TenantRouting>().ResolveAsync(http).AsTask().WaitAsync(deadline.Token);
        var settings = route.Slug is { } slug
            ? await services.GetRequiredService<GrainsOf<ITenantGrain>>().Get(slug).ReadSignInAsync().WaitAsync(deadline.Token)
            : null;
        var call = settings is null
            ? null
            : new TenantCall(route.Slug!, http.Request.PathBase.Value ?? "", settings, correlationId, now + options.AnswerWithin, deadline.Token);
        http.Features.Set(new Found(call));
        return call;
    }

    /// <summary>The call of a request that <see cref="RequireAsync"/> has let through.</summary>
    public static TenantCall Of(HttpContext http) => http.Features.GetRequiredFeature<Found>().Call!;

    /// <summary>Answers 404 where there is no tenant, and lets every other request through.</summary>
    public static async ValueTask<object?> RequireAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        await OfAsync(context.HttpContext) is null
            ? Problem.From(404, "tenant-unknown", "There is no tenant at this address. Check the sub-domain, or the name behind /t/.")
            : await next(context);

    /// <summary>Where the request came from.</summary>
    public static SignInPlace Place(HttpContext http) => new(
        http.Connection.RemoteIpAddress?.ToString() ?? "", http.Request.Headers.UserAgent.ToString() is { Length: <= MaxHeader } agent ? agent : "too long");

    /// <summary>Who asks for what this request leads to.</summary>
    /// <param name="actor">A user's id.</param>
    public EventOrigin Origin(string actor) => new("sign-in", actor, CorrelationId);

    private sealed record Found(TenantCall? Call);
}
