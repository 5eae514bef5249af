using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Options;
using OrleansIdentity.Api.Hosting;

namespace OrleansIdentity.Api.Links;

/// <summary>Where tenants are, for links in mails: from the configuration, never from a request, whose Host header anybody can choose.</summary>
internal sealed class TenantAddresses(IOptions<TenancyOptions> options, IHostEnvironment environment, IServer server)
{
    private const string Placeholder = "{tenant}";

    /// <summary>A tenant's root, without a slash at its end.</summary>
    public string Root(string tenant) => Template().Replace(Placeholder, tenant, StringComparison.Ordinal).TrimEnd('/');

    private string Template() => options.Value.PublicUrl
        ?? (environment.IsDevelopment() ? $"{ServerAddress.Of(server)}/t/{Placeholder}" : $"https://{Placeholder}.{options.Value.BaseDomain}");
}
