using OrleansIdentity.Grains.Resources;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Members;

namespace OrleansIdentity.Grains.Groups;

/// <summary>Folds member operations, in order, into who joins and who leaves. Pure.</summary>
internal sealed class MemberFold
{
    private readonly IReadOnlySet<string> _current;

    // What was said last about each id that was named; of the others nothing is said but that they go when all were replaced.
    private readonly Dictionary<string, bool> _said = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private bool _othersLeave;

    private MemberFold(IReadOnlySet<string> current) => _current = current;

    /// <summary>Whether the operations concern members that they do not name.</summary>
    public static bool ConcernsAll(IReadOnlyList<MemberOperation> operations) => operations.Any(operation => operation is MemberOperation.Replace);

    /// <summary>The ids that the operations name.</summary>
    public static HashSet<string> Named(IReadOnlyList<MemberOperation> operations) => operations.SelectMany(operation => operation switch
    {
        MemberOperation.Add add => add.Ids,
        MemberOperation.Remove remove => remove.Ids,
        MemberOperation.Replace replace => replace.Ids,
        MemberOperation.Exchange exchange => [exchange.Id, exchange.By],
        _ => [],
    }).ToHashSet(StringComparer.Ordinal);

    /// <summary>Folds.</summary>
    /// <param name="operations">The operations.</param>
    /// <param name="current">All members if the operations concern all; else the members among the ids that they name.</param>
    /// <param name="unknown">Ids that are left out instead of joining.</param>
    /// <returns>The change; or 400 <c>noTarget</c>.</returns>
    public static Outcome<MemberChange> Fold(IReadOnlyList<MemberOperation> operations, IReadOnlySet<string> current, IReadOnlySet<string> unknown)
    {
        var fold = new MemberFold(current);
        foreach (var operation in operations)
        {
            if (fold.Apply(operation) is { } error)
            {
                return error;
            }
        }

        var joining = fold._order.Where(id => fold._said[id] && !current.Contains(id)).ToLookup(unknown.Contains);
        var leaving = fold._othersLeave
            ? current.Where(id => !fold.IsMember(id)).Order(StringComparer.Ordinal)
            : fold._order.Where(id => !fold._said[id] && current.Contains(id));
        return new MemberChange(new MemberDelta([.. joining[false]], [.. leaving]), [.. joining[true]]);
    }

    private ScimError? Apply(MemberOperation operation)
    {
        switch (operation)
        {
            case MemberOperation.Add add:
                Say(add.Ids, isMember: true);
                return null;
            case MemberOperation.Remove remove:
                Say(remove.Ids, isMember: false);
                return null;
            case MemberOperation.Replace replace:
                _othersLeave = true;
                Say([.. _said.Keys], isMember: false);
                Say(replace.Ids, isMember: true);
                return null;
            case MemberOperation.Exchange exchange when IsMember(exchange.Id):
                Say([exchange.Id], isMember: false);
                Say([exchange.By], isMember: true);
                return null;
            default:
                return ScimErrors.NoTarget("patch-no-match", "No value of 'members' matches the brackets, so there is nothing to replace. Add it.");
        }
    }

    private void Say(IEnumerable<string> ids, bool isMember)
    {
        foreach (var id in ids)
        {
            if (!_said.ContainsKey(id))
            {
                _order.Add(id);
            }

            _said[id] = isMember;
        }
    }

    private bool IsMember(string id) => _said.TryGetValue(id, out var isMember) ? isMember : !_othersLeave && _current.Contains(id);
}
