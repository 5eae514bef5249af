using System.Text;
using CsCheck;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Storage.AzureTables.Lanes;
using OrleansIdentity.Silo.Storage.AzureTables.Layout;

namespace OrleansIdentity.Storage.Tests.AzureTables;

/// <summary>Memberships in memory against the plainest model of them.</summary>
public sealed class MemberIndexTests
{
    private const int Users = 30;
    private const int Groups = 6;

    [Fact]
    public void Apply_AnyEvents_IsWhatPairsOfIdsWouldBe() => Gen.Select(Gen.Int[0, 9], Gen.Int[0, Users - 1], Gen.Int[0, Groups - 1], Gen.Int[1, 5]).Array[0, 400].Sample(
        steps =>
        {
            var index = new LaneIndex();
            var model = new Model();
            for (var step = 0; step < steps.Length; step++)
            {
                var change = Change(steps[step]);
                index.Apply(step + 1, change);
                model.Apply(change);
            }

            // An event that comes again, as after a transaction of unknown outcome, is reflected once.
            for (var step = 0; step < steps.Length; step++)
            {
                index.Apply(step + 1, Change(steps[step]));
            }

            return model.Describe() == Describe(index) && Describe(Snapshots.Decode(Snapshots.Encode(index))!) == model.Describe();
        },
        iter: 300,
        threads: 1);

    [Fact]
    public void Page_FromAnywhere_IsExact()
    {
        var index = new LaneIndex();
        index.Apply(1, Put("g", [.. Enumerable.Range(0, 2_000).Select(number => $"u{number:d4}")], []));

        var page = index.Members.Page(RecordKinds.User, "g", "u0998x", 3, 2);

        Assert.Equal((2_000, 1_001), (page.Total, page.Remaining));
        Assert.Equal(["u1002", "u1003"], page.Ids);
    }

    [Theory]
    [InlineData("0197a1b2-0000-7000-8000-00000000000a", 17)]
    [InlineData("0197A1B2-0000-7000-8000-00000000000A", 38)]
    [InlineData("a b/c", 7)]
    [InlineData("", 2)]
    public void Pack_AnyId_IsReadAsItWas(string id, int length)
    {
        var packed = MemberIds.Pack(new MemberDelta([id], []));

        Assert.Equal([id], MemberIds.Unpack(packed).Added);
        Assert.Equal(2 + length, packed.Length);
    }

    private static IndexChange Change((int What, int User, int Group, int Count) step)
    {
        string[] users = [.. Enumerable.Range(step.User, step.Count).Select(number => User(number % Users))];
        return step.What switch
        {
            0 => new IndexChange(RecordKinds.User, Entry(User(step.User)), IsDelete: true),
            1 => new IndexChange(RecordKinds.Group, Entry(Group(step.Group)), IsDelete: true),
            < 5 => Put(Group(step.Group), [], users),
            5 => Put(Group(step.Group), users[..1], users),
            _ => Put(Group(step.Group), users, []),
        };
    }

    private static IndexChange Put(string group, string[] added, string[] removed) =>
        new(RecordKinds.Group, Entry(group), IsDelete: false, new MemberDelta(added, removed));

    private static IndexEntry Entry(string id) => new(id, 1, Guid.Empty, 0, [], HasBlob: false);

    private static string User(int number) => $"u{number:d2}";

    private static string Group(int number) => $"g{number}";

    private static string Describe(LaneIndex index)
    {
        var text = new StringBuilder();
        foreach (var group in Enumerable.Range(0, Groups).Select(Group))
        {
            var members = index.Members.Page(RecordKinds.User, group, null, 0, int.MaxValue);
            text.AppendLine($"{group}: {members.Total} {string.Join(',', members.Ids)} / {string.Join(',', index.Members.Departed(group, int.MaxValue))}");
        }

        foreach (var user in Enumerable.Range(0, Users).Select(User))
        {
            text.AppendLine($"{user}: {string.Join(',', index.Members.GroupsOf(user))}");
        }

        return text.Append(string.Join(',', index.Members.WithDeparted(int.MaxValue))).ToString();
    }

    /// <summary>Pairs in sets.</summary>
    private sealed class Model
    {
        private readonly SortedSet<(string Group, string User)> _members = [];
        private readonly SortedSet<(string Group, string User)> _departed = [];

        public void Apply(IndexChange change)
        {
            var id = change.Entry.Id;
            if (change.Members is { } delta)
            {
                _members.ExceptWith(delta.Removed.Select(user => (id, user)));
                _departed.ExceptWith(delta.Removed.Select(user => (id, user)));
                _members.UnionWith(delta.Added.Select(user => (id, user)));
            }
            else if (change.Kind == RecordKinds.Group)
            {
                _members.RemoveWhere(pair => pair.Group == id);
                _departed.RemoveWhere(pair => pair.Group == id);
            }
            else
            {
                _departed.UnionWith(_members.Where(pair => pair.User == id));
                _members.RemoveWhere(pair => pair.User == id);
            }
        }

        public string Describe()
        {
            var text = new StringBuilder();
            foreach (var group in Enumerable.Range(0, Groups).Select(Group))
            {
                var members = _members.Where(pair => pair.Group == group).Select(pair => pair.User).ToArray();
                text.AppendLine(
                    $"{group}: {members.Length} {string.Join(',', members)} / {string.Join(',', _departed.Where(pair => pair.Group == group).Select(pair => pair.User))}");
            }

            foreach (var user in Enumerable.Range(0, Users).Select(User))
            {
                text.AppendLine($"{user}: {string.Join(',', _members.Where(pair => pair.User == user).Select(pair => pair.Group))}");
            }

            return text.Append(string.Join(',', _departed.Select(pair => pair.Group).Distinct())).ToString();
        }
    }
}
