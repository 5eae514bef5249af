using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Errors;

namespace OrleansIdentity.Grains.Resources;

/// <summary>Decide in memory, one commit, publish, reply.</summary>
internal abstract class ResourceGrain : Grain, IResourceGrain
{
    private const int Attempts = 3;

    private readonly PublishedRecord<ResourceRecord> _record;
    private readonly ResourceLifecycle _lifecycle;

    protected ResourceGrain(RecordAccess access, ResourceLifecycle lifecycle, Func<StoredRecord, ResourceRecord> read, TimeProvider time)
    {
        var (tenant, id) = GrainKeys.Split(this.GetPrimaryKeyString());
        _record = new PublishedRecord<ResourceRecord>(access, new RecordKey(tenant, lifecycle.Kind, id), read);
        _lifecycle = lifecycle;
        Time = time;
        Store = access.Store;
    }

    protected IDirectoryStore Store { get; }

    protected TimeProvider Time { get; }

    protected RecordKey Key => _record.Key;

    /// <summary>The resource as last committed; null when it does not exist. Right only after <see cref="EnsureKnownAsync"/>.</summary>
    protected ResourceRecord? Current => _record.Value;

    public async Task<ResourceReply> ReadAsync()
    {
        await _record.EnsureKnownAsync();
        return _record.Value is { } resource
            ? await CompleteAsync(Reply(resource, changed: false, []))
            : Leave(ResourceReply.Refused(ScimErrors.NotFound(_lifecycle.Type.Name, Key.Id)));
    }

    public Task<ResourceReply> CreateAsync(CreateResource command) => ExecuteAsync(command);

    public async Task<ResourceReply> ReplaceAsync(ReplaceResource command) => await CompleteAsync(await ExecuteAsync(command));

    public async Task<ResourceReply> PatchAsync(PatchResource command) => await CompleteAsync(await ExecuteAsync(command));

    public virtual Task<ResourceReply> DeleteAsync(DeleteResource command) => ExecuteAsync(command);

    /// <summary>Adds to a reply what a representation shows beside the stored one.</summary>
    protected virtual ValueTask<ResourceReply> CompleteAsync(ResourceReply reply) => ValueTask.FromResult(reply);

    /// <summary>Completes when what a command came to is in force on every node, so that it can be acknowledged.</summary>
    protected virtual ValueTask SettleAsync() => ValueTask.CompletedTask;

    /// <summary>Decides about a command.</summary>
    /// <param name="current">The resource as last committed; null when it does not exist.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="unknown">Members that the store does not know, and that the tenant wants left out.</param>
    /// <param name="now">The time of the decision (UTC).</param>
    protected virtual ValueTask<ResourceDecision> DecideAsync(
        ResourceRecord? current, ResourceCommand command, IReadOnlySet<string> unknown, DateTimeOffset now) =>
        ValueTask.FromResult(_lifecycle.Decide(Key.Id, current, command, now));

    protected Task<ResourceReply> ExecuteAsync(ResourceCommand command)
    {
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        return AttemptAsync(command.Deadline, ResourceReply.Refused, now => TryAsync(command, unknown, now));
    }

    protected ValueTask EnsureKnownAsync() => _record.EnsureKnownAsync();

    /// <summary>See <see cref="PublishedRecord{T}.SettledAsync"/>.</summary>
    protected Task SettledAsync() => _record.SettledAsync();

    /// <summary>Carries out a command on committed state; anew, when that has changed meanwhile.</summary>
    /// <param name="deadline">When the caller stops waiting (UTC).</param>
    /// <param name="refused">The answer that refuses.</param>
    /// <param name="attempt">Decides and commits at a time (UTC); null when what it decided on has changed.</param>
    protected async Task<T> AttemptAsync<T>(DateTimeOffset deadline, Func<ScimError, T> refused, Func<DateTimeOffset, Task<T?>> attempt)
        where T : class
    {
        try
        {
            for (var number = 1; number <= Attempts; number++)
            {
                await _record.EnsureKnownAsync();
                var now = Time.GetUtcNow();
                if (now >= deadline)
                {
                    return refused(ScimErrors.DeadlineExceeded());
                }

                if (await attempt(now) is { } reply)
                {
                    await SettleAsync();

                    // A resource that does not exist is not worth an activation: made-up ids must not fill the memory.
                    return _record.Value is null ? Leave(reply) : reply;
                }
            }
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }

        DeactivateOnIdle();
        throw new StoreUnavailableException($"Another activation kept writing {Key}; gave up after {Attempts} attempts.");
    }

    /// <summary>Commits a step and publishes it.</summary>
    protected virtual Task<CommitOutcome> CommitAsync(ResourceDecision.Transition step, EventOrigin origin)
    {
        var data = new EventData(step.EventType, step.Time, Key.Kind, Key.Id, _record.Version + 1, origin, step.Changes);
        RecordChange change = step.Next is { } next
            ? new PutRecord(Key, _record.Version, next.Document, step.Keys) { Private = next.Private }
            : new DeleteRecord(Key, _record.Version);
        return _record.CommitAsync(step.Next, new Commit(Guid.CreateVersion7(step.Time), Key.Tenant, change, data, step.Members, step.Guard?.Key));
    }

    /// <summary>Answers, and gives the activation up.</summary>
    protected T Leave<T>(T reply)
    {
        DeactivateOnIdle();
        return reply;
    }

    /// <summary>Null when what the decision was made on has changed, and it has to be made again.</summary>
    private async Task<ResourceReply?> TryAsync(ResourceCommand command, HashSet<string> unknown, DateTimeOffset now)
    {
        switch (await DecideAsync(_record.Value, command, unknown, now))
        {
            case ResourceDecision.Refused refused:
                return ResourceReply.Refused(refused.Error);
            case ResourceDecision.Unchanged unchanged:
                return Reply(_record.Value!, changed: false, unchanged.Ignored);
            case ResourceDecision.Transition rehearsed when command.IsRehearsal:
                return await TakenAsync(rehearsed) is { } taken ? ResourceReply.Refused(taken) : Reply(rehearsed.Next ?? _record.Value!, changed: true, rehearsed.Ignored);
            case ResourceDecision.Transition transition:
                switch (await CommitAsync(transition, command.Origin))
                {
                    case CommitOutcome.Committed:
                        return transition.Next is { } next ? Reply(next, changed: true, transition.Ignored) : new ResourceReply(null, 0, [], true, []);
                    case CommitOutcome.Taken held:
                        return ResourceReply.Refused(ScimErrors.Uniqueness(held.Attribute, $"{Key.Kind} {held.HolderId}")) with { HolderId = held.HolderId };
                    case CommitOutcome.Refused:
                        return ResourceReply.Refused(transition.Guard!.Error);
                    case CommitOutcome.Missing missing when !command.LeavesOutUnknownMembers:
                        return ResourceReply.Refused(ScimErrors.UnknownMembers(missing.Ids));
                    case CommitOutcome.Missing missing:
                        unknown.UnionWith(missing.Ids);
                        return null;
                    default:
                        return null;
                }

            default:
                throw new InvalidOperationException("Unknown decision.");
        }
    }

    /// <summary>Why a rehearsed step would be refused for a value that somebody else has; null when it would not.</summary>
    protected async Task<ScimError?> TakenAsync(ResourceDecision.Transition rehearsed)
    {
        IndexKey[] keys = [.. rehearsed.Keys.Where(key => key.Unique)];
        var holders = await Store.FindHoldersAsync(Key.Tenant, Key.Kind, keys, 1, CancellationToken.None);
        var taken = keys.Zip(holders).FirstOrDefault(one => one.Second.Ids is [var holder] && holder != Key.Id);
        return taken.Second.Ids is [var id] ? ScimErrors.Uniqueness(taken.First.Attribute, $"{Key.Kind} {id}") : null;
    }

    private static ResourceReply Reply(ResourceRecord resource, bool changed, string[] ignored) =>
        new(null, resource.Meta.Version, resource.Document, changed, ignored);
}
