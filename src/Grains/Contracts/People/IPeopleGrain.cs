using Orleans.Concurrency;

namespace OrleansIdentity.Grains.Contracts.People;

/// <summary>Reads a tenant's people, teams and groups for the host product; key: the tenant's slug. Has no state and activates none of them.</summary>
[Alias("IPeopleGrain")]
public interface IPeopleGrain : IGrainWithStringKey
{
    /// <summary>Lists accounts in the order of their ids, with the groups that they are members of.</summary>
    [Alias("List"), AlwaysInterleave]
    Task<PeopleReply> ListAsync(PeopleRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Finds out whom some names mean: ids, user names, e-mail addresses and, if asked for, Okta ids. One answer for each name; null for one that fits
    /// nobody, or several. One read for all of them.
    /// </summary>
    /// <param name="names">The names.</param>
    /// <param name="withOktaIds">Whether a name may be an Okta id.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    [Alias("Resolve"), AlwaysInterleave]
    Task<string?[]> ResolveAsync(string[] names, bool withOktaIds, CancellationToken cancellationToken);

    /// <summary>Lists teams in the order of their ids.</summary>
    [Alias("ListTeams"), AlwaysInterleave]
    Task<TeamPage> ListTeamsAsync(string? after, int count, CancellationToken cancellationToken);

    /// <summary>Reads a team; null when there is none.</summary>
    [Alias("ReadTeam"), AlwaysInterleave]
    Task<TeamView?> ReadTeamAsync(string id, CancellationToken cancellationToken);

    /// <summary>Lists groups in the order of their ids.</summary>
    [Alias("ListGroups"), AlwaysInterleave]
    Task<GroupPage> ListGroupsAsync(string? after, int count, CancellationToken cancellationToken);

    /// <summary>Reads a group; null when there is none.</summary>
    [Alias("ReadGroup"), AlwaysInterleave]
    Task<GroupView?> ReadGroupAsync(string id, CancellationToken cancellationToken);
}
