using OrleansIdentity.OktaSimulator.Org;

namespace OrleansIdentity.OktaSimulator.Scenarios;

/// <summary>Which groups play what in a run.</summary>
internal sealed class GroupCast
{
    // What breaks servers: quotes, backslashes, plus and ampersand, letters beyond ASCII, brackets.
    private static readonly string[] Names = ["R&D \"core\"", "Élan + Ops", "Sales\\EMEA", "Tout [le] monde", "日本 team"];

    /// <param name="cast">The people; those who are linked by now are the members.</param>
    public GroupCast(Cast cast)
    {
        var people = cast.Linked;
        New = [.. Names.Select((name, number) => new OktaGroup($"{name} {cast.Org.Domain}", people.Where((_, index) => index % Names.Length != number)))];
        Existing = new OktaGroup($"Everybody {cast.Org.Domain}", people.Take(people.Length / 2));
    }

    /// <summary>Created by Okta.</summary>
    public IReadOnlyList<OktaGroup> New { get; }

    /// <summary>Made by somebody else, with members, before Okta takes it over.</summary>
    public OktaGroup Existing { get; }

    public IReadOnlyList<OktaGroup> All => [.. New, Existing];

    /// <summary>Those that are linked.</summary>
    public IEnumerable<OktaGroup> There => All.Where(group => group.IsThere);
}
