using Microsoft.AspNetCore.Http.Features;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.People;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Schemas;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Api.HostProduct;

/// <summary>One authenticated call of the host API.</summary>
/// <param name="Tenant">The tenant whose key was shown.</param>
/// <param name="KeyId">The id of that key.</param>
/// <param name="Settings">The tenant's settings.</param>
/// <param name="Users">Users as the tenant has them.</param>
/// <param name="CorrelationId">The call's id.</param>
internal sealed record HostCall(string Tenant, string KeyId, TenantSettings Settings, TenantUserType Users, string CorrelationId)
{
    private const string OnBehalfOf = "On-Behalf-Of";

    /// <summary>The call that a request is.</summary>
    public static HostCall Of(HttpContext http) => http.Features.GetRequiredFeature<HostCall>();

    /// <summary>Who a change is said to be by.</summary>
    public EventOrigin Origin(Actor actor) => new("host", actor.Id, CorrelationId);

    /// <summary>A command on behalf of a person, as the tenant's settings and its schema of users have it.</summary>
    public T For<T>(Actor actor, T command)
        where T : ResourceCommand =>
        (T)(command with { By = actor, Invitations = Settings.Invitations, SchemaRevision = Users.Revision });

    /// <summary>The person that the call says it is made for; null when it names none.</summary>
    /// <returns>The person, or why it cannot be that one.</returns>
    public async Task<(Actor? Actor, IResult? Refused)> ReadActorAsync(HttpContext http, HostServices services)
    {
        if (http.Request.Headers[OnBehalfOf] is not [{ Length: > 0 } name])
        {
            return (null, null);
        }

        // Whether there is no such person, or one of another tenant, is the same answer.
        var found = await services.People(Tenant).ResolveAsync([name], withOktaIds: false, http.RequestAborted);
        return found[0] is not { } id || (await services.User(Tenant, id).ReadAccountAsync()).Account is not { } account
            ? (null, Problem.From(403, "on-behalf-of-unknown", "On-Behalf-Of names nobody of this tenant, or several. Send the user's id."))
            : account.Status is AccountStatuses.Deactivated or AccountStatuses.Anonymised
                ? (null, Problem.From(403, "on-behalf-of-inactive", "The person that On-Behalf-Of names is deactivated. Nothing was changed."))
                : (new Actor(id, account.Role), null);
    }

    /// <summary>As <see cref="ReadActorAsync"/>, where one has to be named.</summary>
    public async Task<(Actor? Actor, IResult? Refused)> RequireActorAsync(HttpContext http, HostServices services)
    {
        var (actor, refused) = await ReadActorAsync(http, services);
        return actor is null && refused is null
            ? (null, Problem.From(400, "on-behalf-of-missing", "Say for whom this is: send On-Behalf-Of with the id or e-mail address of an owner, admin or hr."))
            : (actor, refused);
    }

    /// <summary>Whether somebody may see what only those who run the integration may.</summary>
    public static bool SeesIntegration(Actor? actor) => actor?.Role is Roles.Owner or Roles.Admin;
}
