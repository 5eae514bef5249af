using OrleansIdentity.Grains.Contracts.Users;

namespace OrleansIdentity.Grains.Contracts.People;

/// <summary>Asks for a page of accounts. Every condition that is given must hold.</summary>
/// <param name="Search">Words each of which a name, the user name or an e-mail address contains, in any letter case. Every candidate is looked at.</param>
/// <param name="Status">One of <see cref="AccountStatuses"/>; anonymised accounts are listed only when they are asked for, and alone.</param>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="Team">The id of a team.</param>
/// <param name="Manager">The id of the user who is the manager.</param>
/// <param name="Group">The id of a group.</param>
/// <param name="Misfit">A field whose value could not be understood.</param>
/// <param name="After">Start behind this id; null to start at the first.</param>
/// <param name="Count">How many at most.</param>
[GenerateSerializer, Immutable, Alias("PeopleRequest")]
public sealed record PeopleRequest(
    [property: Id(0)] string? Search,
    [property: Id(1)] string? Status,
    [property: Id(2)] string? Role,
    [property: Id(3)] string? Team,
    [property: Id(4)] string? Manager,
    [property: Id(5)] string? Group,
    [property: Id(6)] string? Misfit,
    [property: Id(7)] string? After,
    [property: Id(8)] int Count);

/// <summary>A page of accounts.</summary>
/// <param name="Refusal">Why it was refused; null when it was answered.</param>
/// <param name="Total">How many there are in all. Exact.</param>
/// <param name="People">The page.</param>
/// <param name="HasMore">Whether more follow.</param>
[GenerateSerializer, Immutable, Alias("PeopleReply")]
public sealed record PeopleReply(
    [property: Id(0)] Refusal? Refusal, [property: Id(1)] long Total, [property: Id(2)] AccountView[] People, [property: Id(3)] bool HasMore);

/// <summary>A team.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">The department that it is, as it was first written.</param>
/// <param name="Members">How many users are in it.</param>
[GenerateSerializer, Immutable, Alias("TeamView")]
public sealed record TeamView([property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] long Members);

/// <summary>A page of teams.</summary>
/// <param name="Total">How many there are in all.</param>
/// <param name="Teams">The page.</param>
/// <param name="HasMore">Whether more follow.</param>
[GenerateSerializer, Immutable, Alias("TeamPage")]
public sealed record TeamPage([property: Id(0)] long Total, [property: Id(1)] TeamView[] Teams, [property: Id(2)] bool HasMore);

/// <summary>A group.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its <c>displayName</c>.</param>
/// <param name="Members">How many users are in it.</param>
[GenerateSerializer, Immutable, Alias("GroupView")]
public sealed record GroupView([property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] long Members);

/// <summary>A page of groups.</summary>
/// <param name="Total">How many there are in all.</param>
/// <param name="Groups">The page.</param>
/// <param name="HasMore">Whether more follow.</param>
[GenerateSerializer, Immutable, Alias("GroupPage")]
public sealed record GroupPage([property: Id(0)] long Total, [property: Id(1)] GroupView[] Groups, [property: Id(2)] bool HasMore);
