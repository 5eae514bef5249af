using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Grains.Users;

/// <summary>Decide in memory, one commit, publish, reply.</summary>
[GrainType("user")]
internal sealed class UserGrain : Grain, IUserGrain
{
    private const int Attempts = 3;

    private readonly PublishedRecord<UserRecord> _user;
    private readonly TimeProvider _time;

    public UserGrain(RecordAccess access, TimeProvider time)
    {
        var (tenant, id) = GrainKeys.Split(this.GetPrimaryKeyString());
        _user = new PublishedRecord<UserRecord>(access, new RecordKey(tenant, RecordKinds.User, id), UserRecord.From);
        _time = time;
    }

    public async Task<ResourceReply> ReadAsync()
    {
        await _user.EnsureKnownAsync();
        return _user.Value is { } user ? Reply(user, changed: false, []) : Missing();
    }

    public Task<ResourceReply> CreateAsync(CreateUser command) => ExecuteAsync(command);

    public Task<ResourceReply> ReplaceAsync(ReplaceUser command) => ExecuteAsync(command);

    public Task<ResourceReply> PatchAsync(PatchUser command) => ExecuteAsync(command);

    public Task<ResourceReply> DeleteAsync(DeleteUser command) => ExecuteAsync(command);

    private async Task<ResourceReply> ExecuteAsync(UserCommand command)
    {
        try
        {
            for (var attempt = 1; attempt <= Attempts; attempt++)
            {
                await _user.EnsureKnownAsync();
                if (_time.GetUtcNow() >= command.Deadline)
                {
                    return ResourceReply.Refused(ScimErrors.DeadlineExceeded());
                }

                if (await TryAsync(command) is { } reply)
                {
                    return reply;
                }
            }
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }

        DeactivateOnIdle();
        throw new StoreUnavailableException($"Another activation kept writing {_user.Key}; gave up after {Attempts} attempts.");
    }

    /// <summary>Null when another activation wrote first and the decision has to be made again.</summary>
    private async Task<ResourceReply?> TryAsync(UserCommand command)
    {
        switch (Lifecycle.Decide(_user.Key.Id, _user.Value, command, _time.GetUtcNow()))
        {
            case UserDecision.Refused refused:
                return _user.Value is null ? Leave(ResourceReply.Refused(refused.Error)) : ResourceReply.Refused(refused.Error);
            case UserDecision.Unchanged unchanged:
                return Reply(_user.Value!, changed: false, unchanged.Ignored);
            case UserDecision.Transition transition:
                return await CommitAsync(transition, command.Origin) switch
                {
                    CommitOutcome.Committed when transition.Next is { } next => Reply(next, changed: true, transition.Ignored),
                    CommitOutcome.Committed => Leave(new ResourceReply(null, 0, [], true, [])),
                    CommitOutcome.Taken taken => Taken(taken),
                    _ => null,
                };
            default:
                throw new InvalidOperationException("Unknown decision.");
        }
    }

    private Task<CommitOutcome> CommitAsync(UserDecision.Transition transition, EventOrigin origin)
    {
        var commitId = Guid.CreateVersion7(transition.Time);
        var data = new EventData(
            transition.EventType, transition.Time, RecordKinds.User, _user.Key.Id, _user.Version + 1, origin, transition.Changes);
        return transition.Next is { } next
            ? _user.PutAsync(next, next.Document, transition.Keys, data, commitId)
            : _user.DeleteAsync(data, commitId);
    }

    private ResourceReply Taken(CommitOutcome.Taken taken)
    {
        var refused = ResourceReply.Refused(ScimErrors.Uniqueness(taken.Attribute, $"user {taken.HolderId}"));
        return _user.Value is null ? Leave(refused) : refused;
    }

    private ResourceReply Missing() => Leave(ResourceReply.Refused(ScimErrors.NotFound(ResourceTypes.User.Name, _user.Key.Id)));

    // A user that does not exist is not worth an activation: made-up ids must not fill the memory.
    private ResourceReply Leave(ResourceReply reply)
    {
        DeactivateOnIdle();
        return reply;
    }

    private static ResourceReply Reply(UserRecord user, bool changed, string[] ignored) => new(null, user.Meta.Version, user.Document, changed, ignored);
}
