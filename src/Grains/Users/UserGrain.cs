using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Groups;
using OrleansIdentity.Grains.Resources;
using OrleansIdentity.Grains.Schemas;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Users.Accounts;
using OrleansIdentity.Scim.Errors;

namespace OrleansIdentity.Grains.Users;

/// <summary>A user's grain; its representation shows the groups that it is a member of, which are not its own to change.</summary>
[GrainType("user")]
internal sealed class UserGrain(RecordAccess access, StoredUserTypes types, Teams teams, TimeProvider time)
    : ResourceGrain(access, Lifecycle.Rules, UserRecord.From, time), IUserGrain
{
    private UserRecord? User => (UserRecord?)Current;

    public async Task<AccountReply> ReadAccountAsync()
    {
        await EnsureKnownAsync();
        if (User is not { } user)
        {
            return Leave(await ReadRemainsAsync() ?? Unknown());
        }

        var view = await CompleteAsync(new ResourceReply(null, 0, [], false, []));
        return new AccountReply(null, user.ToView(Key.Id) with { Groups = view.Groups }, Changed: false);
    }

    public Task<AccountReply> SetRoleAsync(SetRole command) =>
        ExecuteAsync(command, (user, now) => AccountLifecycle.SetRole(user, command, now));

    public async Task<ResourceReply> EditProfileAsync(EditProfile command) => await CompleteAsync(await ExecuteAsync(command));

    public Task<AccountReply> ScheduleInvitationAsync(ScheduleInvitation command) =>
        ExecuteAsync(command, (user, now) => InvitationLifecycle.Schedule(user, command, now));

    public Task<AccountReply> MarkInvitedAsync(MarkInvited command) => ExecuteAsync(command, InvitationLifecycle.MarkInvited);

    public Task<AccountReply> ConfirmInvitationAsync(ConfirmInvitation command) => ExecuteAsync(command, InvitationLifecycle.Confirm);

    public Task<AccountReply> AnonymiseAsync(AnonymiseAccount command) =>
        AttemptAsync(command.Deadline, late => AccountReply.Refused(Refusal(late)), async now =>
        {
            if (User is not { } user)
            {
                // Sent again after an unknown outcome, perhaps: then it is as it should be.
                return await ReadRemainsAsync() ?? Unknown();
            }

            if (AccountLifecycle.RefuseErasure(user, command.By) is { } refused)
            {
                return AccountReply.Refused(Refusal(refused));
            }

            // In this order, whenever the process dies: the user goes last, so that an answer means that all of it is done, and one that never came means
            // that it can be asked for again. Nobody else writes events of this user meanwhile, or the last commit is stale and all of it done anew.
            await Store.EraseChangesAsync(Key.Tenant, Key.Id);
            var remains = new Remains(Key.Id, now);
            var left = new EventData(EventTypes.UserAnonymised, now, RecordKinds.Anonymised, Key.Id, 1, command.Origin, EventChanges.None);
            await Store.CommitAsync(new Commit(
                Guid.CreateVersion7(now), Key.Tenant, new PutRecord(Remains.Key(Key), 0, remains.ToDocument(), []), left));
            return await CommitAsync(AccountLifecycle.Erase(user, now), command.Origin) is CommitOutcome.Committed
                ? (await ReadRemainsAsync())! with { Changed = true }
                : null;
        });

    protected override async ValueTask<ResourceDecision> DecideAsync(
        ResourceRecord? current, ResourceCommand command, IReadOnlySet<string> unknown, DateTimeOffset now)
    {
        var users = await types.OfAsync(Key.Tenant, command.SchemaRevision, CancellationToken.None);
        var decision = Lifecycle.Decide(users.Type, Key.Id, (UserRecord?)current, command, now, out var team);
        if (team is not null && decision is ResourceDecision.Transition && !command.IsRehearsal)
        {
            await teams.EnsureAsync(Key.Tenant, team, command.Origin, now);
        }

        return decision;
    }

    protected override async ValueTask<ResourceReply> CompleteAsync(ResourceReply reply)
    {
        if (reply.Error is not null)
        {
            return reply;
        }

        var memberships = await Store.ReadMembershipsAsync(Key.Tenant, [Key.Id], CancellationToken.None);
        return memberships.Count == 0 ? reply : reply with { Groups = [.. GroupLinks.ByUser(memberships)[Key.Id]] };
    }

    private Task<AccountReply> ExecuteAsync(AccountCommand command, Func<UserRecord, DateTimeOffset, ResourceDecision> decide) =>
        AttemptAsync(command.Deadline, late => AccountReply.Refused(Refusal(late)), async now =>
        {
            if (User is not { } user)
            {
                return Unknown();
            }

            switch (decide(user, now))
            {
                case ResourceDecision.Refused refused:
                    return AccountReply.Refused(Refusal(refused.Error));
                case ResourceDecision.Unchanged:
                    return new AccountReply(null, user.ToView(Key.Id), Changed: false);
                case ResourceDecision.Transition step:
                    return await CommitAsync(step, command.Origin) switch
                    {
                        CommitOutcome.Committed => new AccountReply(null, ((UserRecord)step.Next!).ToView(Key.Id), Changed: true),
                        CommitOutcome.Taken taken => AccountReply.Refused(Refusal(ScimErrors.Uniqueness(taken.Attribute, $"{Key.Kind} {taken.HolderId}"))),
                        CommitOutcome.Refused => AccountReply.Refused(Refusal(step.Guard!.Error)),
                        _ => null,
                    };
                default:
                    throw new InvalidOperationException("Unknown decision.");
            }
        });

    private async Task<AccountReply?> ReadRemainsAsync() => await Store.LoadAsync(Remains.Key(Key), CancellationToken.None) is { } remains
        ? new AccountReply(null, Remains.View(remains), Changed: false)
        : null;

    private AccountReply Unknown() => AccountReply.Refused(Refusal(ScimErrors.NotFound(Lifecycle.Rules.Type.Name, Key.Id)));

    private static Refusal Refusal(ScimError error) => new(error.Status, error.Id, error.Detail);
}
