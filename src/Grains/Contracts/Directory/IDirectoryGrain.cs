using Orleans.Concurrency;
using OrleansIdentity.Grains.Contracts.Applications;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Contracts.Directory;

/// <summary>Reads a tenant's directory across users and groups; key: the tenant's slug, or <see cref="RecordKey.SystemTenant"/>. Has no durable state and activates none of them.</summary>
[Alias("IDirectoryGrain")]
public interface IDirectoryGrain : IGrainWithStringKey
{
    /// <summary>Lists users, with the groups that they are members of.</summary>
    [Alias("ListUsers"), AlwaysInterleave]
    Task<ListReply> ListUsersAsync(ListRequest request, CancellationToken cancellationToken);

    /// <summary>Lists groups, without their members.</summary>
    [Alias("ListGroups"), AlwaysInterleave]
    Task<ListReply> ListGroupsAsync(ListRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Lists users and groups in one list: users before groups, or by the sort. An attribute that only one of the two has is one of which the other has
    /// no value.
    /// </summary>
    [Alias("ListAll"), AlwaysInterleave]
    Task<ListReply> ListAllAsync(ListRequest request, CancellationToken cancellationToken);

    /// <summary>Reads the ids of a group's members in order; none when there is no such group.</summary>
    /// <param name="groupId">The group.</param>
    /// <param name="after">Start behind this id; null to start at the first.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    [Alias("ReadMembers"), AlwaysInterleave]
    Task<string[]> ReadMembersAsync(string groupId, string? after, int count, CancellationToken cancellationToken);

    /// <summary>Reads the log in order.</summary>
    /// <param name="after">Only events behind this position; 0 for all.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="resourceId">Only events of this resource; null for all.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    [Alias("ReadEvents"), AlwaysInterleave]
    Task<EventView[]> ReadEventsAsync(long after, int count, string? resourceId, CancellationToken cancellationToken);

    /// <summary>
    /// Finds the user who signs in as this: by user name, else by an e-mail address that is one user's alone; null when there is none. The same
    /// questions are asked whatever the answer.
    /// </summary>
    [Alias("FindLogin"), AlwaysInterleave]
    Task<string?> FindLoginAsync(string login, CancellationToken cancellationToken);

    /// <summary>Finds whose account it is that an identity provider vouches for.</summary>
    /// <param name="oktaId">The person's id in Okta; null when the provider does not tell.</param>
    /// <param name="email">The person's e-mail address; null when the provider does not tell.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    [Alias("FindSignOn"), AlwaysInterleave]
    Task<SignOnMatch> FindSignOnAsync(string? oktaId, string? email, CancellationToken cancellationToken);

    /// <summary>Adds a fact that changes no record to the log.</summary>
    /// <param name="type">One of <see cref="EventTypes"/>.</param>
    /// <param name="subject">What it is about.</param>
    /// <param name="origin">Who did it.</param>
    [Alias("RecordFact"), AlwaysInterleave]
    Task RecordFactAsync(string type, string subject, EventOrigin origin);

    /// <summary>Lists all tenants in the order of their slugs. Only the grain of <see cref="RecordKey.SystemTenant"/> answers.</summary>
    [Alias("ListTenants"), AlwaysInterleave]
    Task<TenantView[]> ListTenantsAsync(string? afterSlug, int count, CancellationToken cancellationToken);

    /// <summary>Lists the applications of the host product. Only the grain of <see cref="RecordKey.SystemTenant"/> answers.</summary>
    [Alias("ListApplications"), AlwaysInterleave]
    Task<ApplicationView[]> ListApplicationsAsync(CancellationToken cancellationToken);
}
