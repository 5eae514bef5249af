using System.Globalization;
using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Org;

namespace OrleansIdentity.OktaSimulator.Scenarios;

/// <summary>Who plays what in a run.</summary>
internal sealed class Cast
{
    /// <summary>With fewer people some of the roles would be empty.</summary>
    public const int FewestUsers = 20;

    private readonly OktaUser[] _users;
    private readonly int _share;

    /// <param name="name">The app's name, part of the logins' domain.</param>
    /// <param name="seed">What the people are made from.</param>
    /// <param name="count">How many there are.</param>
    public Cast(string name, int seed, int count)
    {
        App = name;
        _share = count / 8;
        Org = OktaOrg.Generate(name, seed, count, number => number >= _share && number < 2 * _share ? UnmappedOf(number) : null);
        _users = [.. Org.Users];
    }

    /// <summary>The app's name.</summary>
    public string App { get; }

    public OktaOrg Org { get; }

    /// <summary>Created first, so that they are on early pages, and deleted by somebody else in the middle of an import.</summary>
    public IEnumerable<OktaUser> Expendable => _users.Take(_share);

    /// <summary>Their accounts were made by somebody else before Okta came.</summary>
    public IEnumerable<OktaUser> Strangers => _users.Skip(_share).Take(_share);

    /// <summary>Created by Okta.</summary>
    public IEnumerable<OktaUser> Newcomers => _users.Skip(2 * _share).SkipLast(1);

    /// <summary>Created many times at once.</summary>
    public OktaUser Contested => _users[^1];

    /// <summary>All that are linked to an account which is there to stay.</summary>
    public OktaUser[] Linked => [.. _users.Skip(_share).Where(user => user.ScimId is not null)];

    /// <summary>Every so many of the linked ones.</summary>
    /// <param name="of">One of how many.</param>
    /// <param name="offset">The first one.</param>
    public OktaUser[] OneOf(int of, int offset = 0) => [.. Linked.Where((_, index) => index % of == offset)];

    private static JsonObject UnmappedOf(int number)
    {
        var digits = number.ToString("d4", CultureInfo.InvariantCulture);
        return new JsonObject
        {
            ["nickName"] = $"Nick {digits}",
            ["phoneNumbers"] = new JsonArray(new JsonObject { ["type"] = "mobile", ["value"] = $"tel:+1-201-555-{digits}" }),
            ["emails"] = new JsonArray(new JsonObject { ["type"] = "home", ["value"] = $"home-{digits}@elsewhere.example" }),
        };
    }
}
