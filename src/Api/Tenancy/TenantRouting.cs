using System.Net;
using Microsoft.Extensions.Options;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.HostNames;
using OrleansIdentity.Grains.Tenants;

namespace OrleansIdentity.Api.Tenancy;

/// <summary>Finds the tenant in the address: by path (<c>/t/acme/…</c>), by sub-domain, or by one of a tenant's further host names.</summary>
internal sealed class TenantRouting(GrainsOf<IHostNameGrain> hostNames, IOptions<TenancyOptions> options)
{
    private readonly string _baseDomain = options.Value.BaseDomain.ToLowerInvariant();

    /// <summary>Moves <c>/t/{slug}</c> from the path to the path base, so that every route below is relative to the tenant root.</summary>
    public static void RebasePath(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/t", StringComparison.Ordinal, out var rest) || rest.Value is not { Length: > 1 } path)
        {
            return;
        }

        var end = path.IndexOf('/', 1);
        var slug = end < 0 ? path[1..] : path[1..end];
        context.Request.PathBase = context.Request.PathBase.Add($"/t/{slug}");
        context.Request.Path = end < 0 ? PathString.Empty : new PathString(path[end..]);
        context.Features.Set(new PathTenant(slug));
    }

    /// <summary>The tenant that the request's address names.</summary>
    public async ValueTask<TenantRoute> ResolveAsync(HttpContext context)
    {
        var request = context.Request;
        var root = $"{request.Scheme}://{request.Host.Value}{request.PathBase.Value}";
        var slug = context.Features.Get<PathTenant>()?.Slug ?? await FromHostAsync(request.Host.Host.ToLowerInvariant());
        return new TenantRoute(slug is not null && TenantName.IsSlug(slug) ? slug : null, root);
    }

    private async ValueTask<string?> FromHostAsync(string host)
    {
        if (host == _baseDomain || IPAddress.TryParse(host, out _))
        {
            return null;
        }

        if (host.EndsWith(_baseDomain, StringComparison.Ordinal) && host[^(_baseDomain.Length + 1)] == '.')
        {
            return host[..^(_baseDomain.Length + 1)];
        }

        return TenantName.IsHostName(host) ? await hostNames.Get(host).ResolveAsync() : null;
    }

    private sealed record PathTenant(string Slug);
}

/// <summary>Registers tenant routing.</summary>
internal static class TenantRoutingExtensions
{
    public static IServiceCollection AddTenantRouting(this IServiceCollection services) => services.AddSingleton(typeof(GrainsOf<>)).AddSingleton<TenantRouting>();

    /// <summary>Must run before routing: it changes the path.</summary>
    public static IApplicationBuilder UseTenantRouting(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        TenantRouting.RebasePath(context);
        return next(context);
    });
}
