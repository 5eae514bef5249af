using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace OrleansIdentity.Api.SignIn.Oidc;

/// <summary>
/// A scheme for each tenant, made when it is asked for. None is listed, so no request is held against all of them; and what a scheme protects (state, nonce) is
/// protected under its name, so another tenant's is worth nothing.
/// </summary>
internal sealed class OidcSchemes(IOptions<AuthenticationOptions> options) : AuthenticationSchemeProvider(options)
{
    private const string Prefix = "oidc:";

    /// <summary>The scheme of a tenant.</summary>
    public static string NameOf(string tenant) => Prefix + tenant;

    public override Task<AuthenticationScheme?> GetSchemeAsync(string name) => name.StartsWith(Prefix, StringComparison.Ordinal)
        ? Task.FromResult<AuthenticationScheme?>(new AuthenticationScheme(name, null, typeof(OidcHandler)))
        : base.GetSchemeAsync(name);
}
