using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Resources;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Errors;

namespace OrleansIdentity.Grains.Users;

internal sealed partial class UserGrain
{
    private static readonly IReadOnlySet<string> NoMembers = new HashSet<string>();

    // A read that has shown nothing new is not worth a commit, but an earlier one that is still on its way must not undo what it has confirmed.
    private DateTimeOffset _confirmedByRead;

    public Task<SyncReply> SyncAsync(SyncUser command) => AttemptAsync(command.Deadline, SyncReply.Refused, async now =>
    {
        if (command.ReadAt < _confirmedByRead)
        {
            return new SyncReply(SyncResult.Older, null, []);
        }

        switch (await DecideAsync(Current, command, NoMembers, now))
        {
            case ResourceDecision.Refused refused:
                return SyncReply.Refused(refused.Error);
            case ResourceDecision.Unchanged { Ignored: [Lifecycle.Older] }:
                return new SyncReply(SyncResult.Older, null, []);
            case ResourceDecision.Unchanged:
                Confirm(command);
                return new SyncReply(SyncResult.Unchanged, null, []);
            case ResourceDecision.Transition step when command.IsRehearsal:
                return await TakenAsync(step) is { } error ? SyncReply.Refused(error) : Told(step);
            case ResourceDecision.Transition step:
                switch (await CommitAsync(step, command.Origin))
                {
                    case CommitOutcome.Committed:
                        Confirm(command);
                        return Told(step);
                    case CommitOutcome.Taken taken:
                        return SyncReply.Refused(ScimErrors.Uniqueness(taken.Attribute, $"{Key.Kind} {taken.HolderId}"));
                    case CommitOutcome.Refused:
                        return SyncReply.Refused(step.Guard!.Error);
                    default:
                        return null;
                }

            default:
                throw new InvalidOperationException("Unknown decision.");
        }
    });

    private void Confirm(SyncUser command)
    {
        if (!command.IsRehearsal)
        {
            _confirmedByRead = command.ReadAt;
        }
    }

    private static SyncReply Told(ResourceDecision.Transition step) => new(
        step.EventType switch
        {
            EventTypes.UserCreated => SyncResult.Created,
            EventTypes.UserDeactivated => SyncResult.Deactivated,
            EventTypes.UserReactivated => SyncResult.Reactivated,
            EventTypes.UserSyncNoted => SyncResult.Unchanged,
            _ => SyncResult.Updated,
        },
        null,
        step.Changes.ToArray());
}
