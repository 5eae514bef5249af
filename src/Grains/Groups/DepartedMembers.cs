using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Groups;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Groups;

/// <summary>
/// Makes groups give up members who were deleted as users. What is left to do is what the store lists as departed, and it leaves that list by the
/// group's own commit: a process that dies at any point has lost nothing, and two that do the same do it once.
/// </summary>
public static class DepartedMembers
{
    private const int GroupsAtOnce = 100;

    private static readonly EventOrigin Origin = new("system", "departed-members", "departed-members");

    /// <summary>Works until nothing is left.</summary>
    /// <param name="store">What lists the work.</param>
    /// <param name="grains">Where the groups are.</param>
    /// <param name="cancellationToken">Ends the work; what is left is for the next time.</param>
    /// <exception cref="AggregateException">Some groups could not; the others have.</exception>
    public static async Task RemoveAsync(IMemberStore store, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var failures = new List<Exception>();
        bool changed;
        do
        {
            changed = false;
            foreach (var group in await store.ListDepartedAsync(GroupsAtOnce, cancellationToken))
            {
                cancellationToken.ThrowIfCancellationRequested();
                try
                {
                    var reply = await grains.GetGrain<IGroupGrain>(GrainKeys.Resource(group.Tenant, group.Id))
                        .RemoveDepartedAsync(new RemoveDeparted(Origin, DateTimeOffset.MaxValue));
                    changed |= reply.Changed;
                }
                catch (Exception exception)
                {
                    // One group that cannot be written must not keep the others from it.
                    failures.Add(exception);
                }
            }
        }
        while (changed && failures.Count == 0);

        if (failures.Count > 0)
        {
            throw new AggregateException(failures);
        }
    }
}
