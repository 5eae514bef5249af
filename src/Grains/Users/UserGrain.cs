using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.DueTimes;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.DueTimes;
using OrleansIdentity.Grains.Groups;
using OrleansIdentity.Grains.Resources;
using OrleansIdentity.Grains.Schemas;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Users.Accounts;
using OrleansIdentity.Grains.Users.Links;
using OrleansIdentity.Grains.Users.Sessions;
using OrleansIdentity.Grains.Users.SignOns;
using OrleansIdentity.Scim.Errors;

namespace OrleansIdentity.Grains.Users;

/// <summary>A user's grain; its representation shows the groups that it is a member of, which are not its own to change.</summary>
[GrainType("user")]
internal sealed partial class UserGrain(RecordAccess access, StoredUserTypes types, Teams teams, DueNotes notes, TimeProvider time)
    : ResourceGrain(access, Lifecycle.Rules, UserRecord.From, time), IUserGrain
{
    // Twice what the clocks of two nodes may differ by, and then some.
    private static readonly TimeSpan LongAgo = TimeSpan.FromSeconds(10);

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

    public async Task<AccountReply> ScheduleInvitationAsync(ScheduleInvitation command)
    {
        var users = await types.OfAsync(Key.Tenant, command.SchemaRevision, CancellationToken.None);
        return await ExecuteAsync(command, (user, now) => InvitationLifecycle.Schedule(user, users.Type, command, now));
    }

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

    public async Task<SessionReply> StartSessionAsync(StartSession command)
    {
        var reply = await ExecuteAsync(command, (user, now) => SessionLifecycle.Start(user, command, now));
        return new SessionReply(reply.Refusal, User?.Account.Epoch ?? 0);
    }

    public async Task<SessionCheck> CheckSessionAsync(string sessionId, long epoch)
    {
        await EnsureKnownAsync();
        return User is { Account: var account } && account.Epoch == epoch && account.Find(sessionId) is not null
            ? new SessionCheck(true, account.Role)
            : SessionCheck.Over;
    }

    public async Task<SessionView[]> ReadSessionsAsync()
    {
        await EnsureKnownAsync();
        return User is { Account.Sessions: { } sessions } ? [.. sessions.Select(View)] : [];
    }

    public Task<AccountReply> EndSessionAsync(EndSession command) =>
        ExecuteAsync(command, (user, now) => SessionLifecycle.End(user, command, now));

    public Task<AccountReply> EndAllSessionsAsync(EndAllSessions command) =>
        ExecuteAsync(command, (user, now) => SessionLifecycle.EndAll(user, now));

    public async Task<PasswordVerifier> ReadVerifierAsync()
    {
        await EnsureKnownAsync();
        var verifier = new PasswordVerifier(User?.Account.Password?.Hash);
        return User is null ? Leave(verifier) : verifier;
    }

    public Task<AccountReply> SetPasswordAsync(SetPassword command) =>
        ExecuteAsync(command, (user, now) => SessionLifecycle.SetPassword(user, command, now));

    public Task<AccountReply> LinkOktaAsync(LinkOkta command) =>
        ExecuteAsync(command, (user, now) => AccountLifecycle.Link(user, command, now));

    public Task<AccountReply> UnlinkOktaAsync(UnlinkOkta command) =>
        ExecuteAsync(command, (user, now) => AccountLifecycle.Unlink(user, command, now));

    public async Task<SessionReply> SignOnAsync(SignOn command)
    {
        var reply = await ExecuteAsync(command, (user, now) => SignOnLifecycle.Decide(user, command, now));
        return new SessionReply(reply.Refusal, User?.Account.Epoch ?? 0);
    }

    public Task<AccountReply> MakeLinkAsync(MakeLink command) => ExecuteAsync(command, (user, now) => LinkLifecycle.Make(user, command, now));

    public async Task<LinkView[]> ReadLinksAsync()
    {
        await EnsureKnownAsync();
        if (User is not { } user)
        {
            return Leave(Array.Empty<LinkView>());
        }

        var now = Time.GetUtcNow();
        return [.. new[] { (Link: user.Account.InvitationLink, Purpose: LinkPurpose.Invitation), (Link: user.Account.PasswordLink, Purpose: LinkPurpose.Password) }
            .Where(one => one.Link?.ExpiresAt > now)
            .Select(one => new LinkView(one.Link!.Id, one.Purpose, one.Link.ExpiresAt, one.Link.IsMailed, user.Document))];
    }

    public Task<AccountReply> MarkMailedAsync(MarkMailed command) => ExecuteAsync(command, (user, now) => LinkLifecycle.MarkMailed(user, command, now));

    public Task<AccountReply> RevokeInvitationAsync(RevokeInvitation command) =>
        ExecuteAsync(command, (user, now) => LinkLifecycle.RevokeInvitation(user, command, now));

    public Task<AccountReply> UseLinkAsync(UseLink command) => ExecuteAsync(command, (user, now) => LinkLifecycle.Use(user, command, now));

    public override async Task<ResourceReply> DeleteAsync(DeleteResource command)
    {
        await EnsureKnownAsync();
        var before = User?.Account;
        var reply = await base.DeleteAsync(command);

        // Of a user who is gone already nothing says when the last session ended.
        if (User is null && (before is null or { Sessions: not null } || EndedLately(before)))
        {
            await SettledAsync();
        }

        return reply;
    }

    protected override async ValueTask SettleAsync()
    {
        if (User is { } user && EndedLately(user.Account))
        {
            await SettledAsync();
        }
    }

    // The note comes first: a process that dies in between leaves one too many, never one too few.
    protected override async Task<CommitOutcome> CommitAsync(ResourceDecision.Transition step, EventOrigin origin)
    {
        if (InvitationLifecycle.DueAfter(User, (UserRecord?)step.Next) is { } at)
        {
            await notes.AddAsync(IDueTimesGrain.Mail, DueNote.For(at, step.Time, Key.Tenant, Key.Id));
        }

        return await base.CommitAsync(step, origin);
    }

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

    // Most accounts that lose access have not had a session for long, if ever: nobody remembers one, and nothing has to be waited for.
    private bool EndedLately(Account account) => account.SessionsEndedAt is { } ended && Time.GetUtcNow() - ended < LongAgo;

    private static SessionView View(Session session) => new(
        session.Id, session.StartedAt, session.Method, session.Factors, new SignInPlace(session.Address, session.UserAgent));

    private AccountReply Unknown() => AccountReply.Refused(Refusal(ScimErrors.NotFound(Lifecycle.Rules.Type.Name, Key.Id)));

    private static Refusal Refusal(ScimError error) => new(error.Status, error.Id, error.Detail);
}
