using CsCheck;
using OrleansIdentity.Grains.Groups;
using OrleansIdentity.Scim.Members;

namespace OrleansIdentity.Grains.Tests.Groups;

public sealed class MemberFoldTests
{
    private static readonly string[] Universe = ["a", "b", "c", "d", "e"];
    private static readonly HashSet<string> Nobody = [];

    private static readonly Gen<string> Id = Gen.Int[0, Universe.Length - 1].Select(index => Universe[index]);
    private static readonly Gen<string[]> Ids = Id.Array[0, 4];
    private static readonly Gen<HashSet<string>> Sets = Ids.Select(ids => ids.ToHashSet());

    private static readonly Gen<MemberOperation> Operations = Gen.Frequency<MemberOperation>(
        (4, Ids.Select(ids => (MemberOperation)new MemberOperation.Add(ids))),
        (4, Ids.Select(ids => (MemberOperation)new MemberOperation.Remove(ids))),
        (1, Ids.Select(ids => (MemberOperation)new MemberOperation.Replace(ids))),
        (1, Gen.Select(Id, Id, (id, by) => (MemberOperation)new MemberOperation.Exchange(id, by))));

    [Fact]
    public void Fold_AnySequence_ComesToWhatASetComesTo() => Gen.Select(Operations.Array[0, 8], Sets).Sample((operations, members) =>
    {
        var expected = Naive(operations, members);
        var known = Known(operations, members);
        var folded = MemberFold.Fold(operations, known, Nobody);

        Assert.Equal(expected is not null, folded.Succeeded);
        if (expected is null)
        {
            Assert.Equal("noTarget", folded.Error.ScimType);
            return;
        }

        // The delta is net: it names nobody whose membership does not change, and nobody twice.
        var delta = folded.Value.Delta;
        Assert.Equal(expected.Except(members).Order(), delta.Added.Order());
        Assert.Equal(members.Except(expected).Order(), delta.Removed.Order());
        Assert.Empty(folded.Value.LeftOut);
    }, iter: 20_000);

    [Fact]
    public void Fold_SentAgainToItsOwnResult_ChangesNothing() => Gen.Select(Operations.Where(one => one is not MemberOperation.Exchange).Array[0, 8], Sets).Sample(
        (operations, members) =>
        {
            var after = Naive(operations, members)!;
            Assert.True(MemberFold.Fold(operations, Known(operations, after), Nobody).Value.Delta.IsEmpty);
        }, iter: 5_000);

    [Fact]
    public void Fold_WithUnknownIds_LeavesOutThoseAndNothingElse() => Gen.Select(Operations.Array[0, 8], Sets, Sets).Sample((operations, members, unknown) =>
    {
        var known = Known(operations, members);
        if (!MemberFold.Fold(operations, known, Nobody).TryGet(out var all, out _))
        {
            return;
        }

        var some = MemberFold.Fold(operations, known, unknown).Value;
        Assert.Equal(all.Delta.Added.Where(id => !unknown.Contains(id)), some.Delta.Added);
        Assert.Equal(all.Delta.Added.Where(unknown.Contains), some.LeftOut);
        Assert.Equal(all.Delta.Removed, some.Delta.Removed);
    }, iter: 5_000);

    /// <summary>What the grain would look up: all members, or those among the ids that are named.</summary>
    private static HashSet<string> Known(MemberOperation[] operations, HashSet<string> members) =>
        MemberFold.ConcernsAll(operations) ? members : [.. members.Intersect(MemberFold.Named(operations))];

    private static HashSet<string>? Naive(MemberOperation[] operations, HashSet<string> members)
    {
        var set = members.ToHashSet();
        foreach (var operation in operations)
        {
            switch (operation)
            {
                case MemberOperation.Add add:
                    set.UnionWith(add.Ids);
                    break;
                case MemberOperation.Remove remove:
                    set.ExceptWith(remove.Ids);
                    break;
                case MemberOperation.Replace replace:
                    set = [.. replace.Ids];
                    break;
                case MemberOperation.Exchange exchange when set.Remove(exchange.Id):
                    set.Add(exchange.By);
                    break;
                default:
                    return null;
            }
        }

        return set;
    }
}
