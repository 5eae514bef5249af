using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Schemas;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Api.Scim;

/// <summary>An admitted call, whichever way its parts came: who asks, where, and how long it may take.</summary>
/// <param name="Tenant">The tenant that was authenticated for.</param>
/// <param name="Settings">The tenant's settings.</param>
/// <param name="Origin">Who asks.</param>
/// <param name="BaseUrl">The SCIM base URL as the caller addressed it, without a slash at its end.</param>
/// <param name="AnswerBy">From then on (UTC) no command of the call may begin anything.</param>
/// <param name="Deadline">Ends when the call's time is over or the caller is gone.</param>
internal record ScimCall(string Tenant, TenantSettings Settings, EventOrigin Origin, string BaseUrl, DateTimeOffset AnswerBy, CancellationToken Deadline)
{
    /// <summary>Users as the tenant has them: with the attributes that it has defined.</summary>
    public required TenantUserType Users { get; init; }

    /// <summary>Whether a create of somebody who has an account is joined to that: see <see cref="AuthenticationReply.JoinsAccounts"/>.</summary>
    public bool JoinsAccounts { get; init; }

    /// <summary>The address of a resource, for <c>Location</c> and <c>meta.location</c>.</summary>
    public string Location(string endpoint, string id) => $"{BaseUrl}{endpoint}/{id}";
}
