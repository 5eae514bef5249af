using OrleansIdentity.Api.Authentication;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Scim.Errors;

namespace OrleansIdentity.Api.Scim;

/// <summary>Whether a credential is let in, as the tenant's own grain sees it at this moment.</summary>
internal sealed class ScimAdmission(GrainsOf<ITenantGrain> tenants)
{
    /// <summary>Asks the tenant's grain.</summary>
    /// <param name="tenant">The tenant's slug.</param>
    /// <param name="header">The <c>Authorization</c> header, empty when there was none.</param>
    public Task<AuthenticationReply> AskAsync(string tenant, string header) =>
        tenants.Get(tenant).AuthenticateAsync(BearerToken.Hash(BearerToken.Parse(header)));

    /// <summary>401 or 403; null for a credential that is let in.</summary>
    public static ScimError? Refusal(AuthenticationResult result, string header) => result switch
    {
        AuthenticationResult.Unknown => ScimErrors.Unauthorized(BearerToken.IsSchemeTwice(header)),
        AuthenticationResult.IntegrationDisabled => ScimErrors.IntegrationDisabled(),
        AuthenticationResult.OtherMethod => ScimErrors.OtherMethod(),
        _ => null,
    };
}
