using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using OrleansIdentity.Api.Authentication;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.Tenancy;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Tenants;

namespace OrleansIdentity.Api.HostProduct;

/// <summary>Authenticates the host product by a key of the tenant that the address names.</summary>
internal sealed class HostKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> schemeOptions,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    TenantRouting tenants,
    GrainsOf<ITenantGrain> tenantGrains,
    TenantUserTypes userTypes,
    TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(schemeOptions, loggers, encoder)
{
    /// <summary>The name of the scheme and of the policy that asks for it.</summary>
    public const string SchemeName = "HostKey";

    // Names no tenant: judged by a tenant that does not exist, at the same cost.
    private const string NoTenant = "-";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var correlationId = Guid.CreateVersion7(time.GetUtcNow()).ToString("n");
        Response.Headers["X-Correlation-Id"] = correlationId;
        var tenant = (await tenants.ResolveAsync(Context)).Slug ?? NoTenant;
        var hash = BearerToken.Hash(BearerToken.Parse(Request.Headers.Authorization.ToString()));
        var reply = await tenantGrains.Get(tenant).AuthenticateHostAsync(hash);
        if (reply.KeyId is not { } keyId)
        {
            return AuthenticateResult.Fail("Not a live key of the tenant.");
        }

        var users = await userTypes.OfAsync(tenant, reply.SchemaRevision, Context.RequestAborted);
        Context.Features.Set(new HostCall(tenant, keyId, reply.Settings, users, correlationId));
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, keyId)], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer realm=\"host\"";
        return Problem.From(401, "host-key-invalid", "The key is missing, wrong or revoked, or is one of another tenant. Send 'Authorization: Bearer <key>'.")
            .ExecuteAsync(Context);
    }
}
