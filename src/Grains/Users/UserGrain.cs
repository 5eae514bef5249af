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
internal sealed class UserGrain(RecordAccess access, StoredUserTypes types, TimeProvider time)
    : ResourceGrain(access, Lifecycle.Rules, UserRecord.From, time), IUserGrain
{
    private UserRecord? User => (UserRecord?)Current;

    public async Task<AccountReply> ReadAccountAsync()
    {
        await EnsureKnownAsync();
        return User is { } user ? new AccountReply(null, user.ToView(Key.Id), Changed: false) : Leave(Unknown());
    }

    public Task<AccountReply> SetRoleAsync(SetRole command) =>
        ExecuteAsync(command, (user, now) => AccountLifecycle.SetRole(user, command, now));

    protected override async ValueTask<ResourceDecision> DecideAsync(
        ResourceRecord? current, ResourceCommand command, IReadOnlySet<string> unknown, DateTimeOffset now)
    {
        var users = await types.OfAsync(Key.Tenant, command.SchemaRevision, CancellationToken.None);
        return Lifecycle.Decide(users.Type, Key.Id, (UserRecord?)current, command, now);
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

    private AccountReply Unknown() => AccountReply.Refused(Refusal(ScimErrors.NotFound(Lifecycle.Rules.Type.Name, Key.Id)));

    private static Refusal Refusal(ScimError error) => new(error.Status, error.Id, error.Detail);
}
