using OrleansIdentity.Grains.Contracts.Groups;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Resources;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Members;

namespace OrleansIdentity.Grains.Groups;

/// <summary>
/// A group's grain. Who is a member is read from the store for each command and written with the group's next version: had anybody else written
/// in between, that version would not be the next one any more, and the command is decided anew.
/// </summary>
[GrainType("group")]
internal sealed class GroupGrain(RecordAccess access, TimeProvider time) : ResourceGrain(access, GroupLifecycle.Rules, ResourceRecord.From, time), IGroupGrain
{
    private const int PageSize = 10_000;
    private const int DeparturesAtOnce = 1_000;

    public Task<ResourceReply> RemoveDepartedAsync(RemoveDeparted command) => ExecuteAsync(command);

    protected override async ValueTask<ResourceDecision> DecideAsync(
        ResourceRecord? current, ResourceCommand command, IReadOnlySet<string> unknown, DateTimeOffset now)
    {
        if (command is RemoveDeparted)
        {
            var departed = await Store.ReadDepartedAsync(Key, DeparturesAtOnce, CancellationToken.None);
            return current is null ? new ResourceDecision.Unchanged([]) : GroupLifecycle.Depart(Key.Id, current, departed, now);
        }

        if (GroupLifecycle.Rules.Begin(Key.Id, current, command, now, out var draft) is { } decision)
        {
            return decision;
        }

        var members = await CurrentAsync(current, draft!.Members);
        return MemberFold.Fold(draft.Members, members, unknown).TryGet(out var change, out var noTarget)
            ? GroupLifecycle.Rules.Conclude(Key.Id, current, draft, change, now)
            : new ResourceDecision.Refused(noTarget);
    }

    private async ValueTask<IReadOnlySet<string>> CurrentAsync(ResourceRecord? current, IReadOnlyList<MemberOperation> operations)
    {
        if (current is null || operations.Count == 0)
        {
            return new HashSet<string>();
        }

        if (!MemberFold.ConcernsAll(operations))
        {
            return await Store.FindMembersAsync(Key, MemberFold.Named(operations), CancellationToken.None);
        }

        var all = new HashSet<string>(StringComparer.Ordinal);
        IReadOnlyList<string> page;
        string? after = null;
        do
        {
            page = await Store.ReadMembersAsync(Key, after, PageSize, CancellationToken.None);
            all.UnionWith(page);
            after = page.Count > 0 ? page[^1] : after;
        }
        while (page.Count == PageSize);
        return all;
    }
}
