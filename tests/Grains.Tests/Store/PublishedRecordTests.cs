using Microsoft.Extensions.Time.Testing;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Grains.Tests.Store;

/// <summary>What a grain may remember: only what is committed.</summary>
public sealed class PublishedRecordTests : IAsyncLifetime
{
    private static readonly RecordKey Key = new("acme", RecordKinds.User, "a");

    private readonly FakeTimeProvider _time = new();
    private TestStore _open = null!;
    private InterceptedStore _store = null!;
    private PublishedRecord<string> _record = null!;

    public async Task InitializeAsync()
    {
        _open = await TestStore.OpenAsync();
        _store = new InterceptedStore(_open.Store);
        _record = Record();
        await _record.EnsureKnownAsync();
    }

    public async Task DisposeAsync() => await _open.DisposeAsync();

    [Fact]
    public async Task Put_OutcomeUnknown_IsReadAnewBeforeItIsRelevant()
    {
        await PutAsync(_record, "one");
        _store.AfterCommit = _ => throw new StoreUnavailableException("The answer got lost.");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => PutAsync(_record, "two"));

        // The grain's own deactivation comes later; a reader that interleaves must not meet the old state until then.
        await _record.EnsureKnownAsync();
        Assert.Equal(("two", 2), (_record.Value, _record.Version));
    }

    [Fact]
    public async Task Put_Stale_IsReadAnew()
    {
        var other = Record();
        await other.EnsureKnownAsync();
        await PutAsync(other, "theirs");

        Assert.IsType<CommitOutcome.Stale>(await PutAsync(_record, "mine"));
        await _record.EnsureKnownAsync();
        Assert.Equal(("theirs", 1), (_record.Value, _record.Version));
    }

    [Fact]
    public async Task EnsureKnown_ReadThatArrivesAfterACommit_DoesNotTakeItBack()
    {
        var gate = new TaskCompletionSource();
        var reader = Record();
        _store.BeforeRead = () => gate.Task;
        var slow = reader.EnsureKnownAsync();
        _store.BeforeRead = () => Task.CompletedTask;
        await reader.EnsureKnownAsync();
        await PutAsync(reader, "committed");

        gate.SetResult();
        await slow;
        Assert.Equal(("committed", 1), (reader.Value, reader.Version));
    }

    [Fact]
    public async Task EnsureKnown_LeaseIsOver_SeesWhatAnotherActivationWrote()
    {
        var (writer, reader) = (Record(RecordLease.Cluster), Record(RecordLease.Cluster));
        await PutAsync(writer, "one");
        await reader.EnsureKnownAsync();
        await PutAsync(writer, "two");

        _time.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromMilliseconds(1));
        await reader.EnsureKnownAsync();
        Assert.Equal("one", reader.Value);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        await reader.EnsureKnownAsync();
        Assert.Equal(("two", 2), (reader.Value, reader.Version));
    }

    [Fact]
    public async Task EnsureKnown_StoreSlowerThanTheLease_AnswersAllTheSame()
    {
        var record = Record(RecordLease.Cluster);
        await PutAsync(_record, "one");
        var reads = 0;
        _store.AfterRead = () =>
        {
            reads++;
            _time.Advance(TimeSpan.FromSeconds(2));
            return Task.CompletedTask;
        };

        await record.EnsureKnownAsync();
        Assert.Equal(("one", 1), (record.Value, reads));
    }

    [Fact]
    public async Task EnsureKnown_LeaseIsOver_SeesThatAnotherActivationDeleted()
    {
        var (writer, reader) = (Record(RecordLease.Cluster), Record(RecordLease.Cluster));
        await PutAsync(writer, "one");
        await reader.EnsureKnownAsync();
        await writer.DeleteAsync(Event(2), Guid.CreateVersion7());

        _time.Advance(TimeSpan.FromSeconds(1));
        await reader.EnsureKnownAsync();
        Assert.Null(reader.Value);
    }

    [Fact]
    public async Task EnsureKnown_ReadFromBeforeACommitOfThisGrain_IsReadOnceMore()
    {
        var record = Record(RecordLease.Cluster);
        await record.EnsureKnownAsync();
        await PutAsync(record, "one");
        _time.Advance(TimeSpan.FromSeconds(1));

        // A command is under way. A reader interleaves: it asks later, has its answer, "one", and is not told yet, when the command becomes durable.
        var (write, read, told) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        _store.BeforeCommit = _ => write.Task;
        var writing = PutAsync(record, "two");
        _time.Advance(TimeSpan.FromMilliseconds(1));
        _store.AfterRead = () =>
        {
            _store.AfterRead = () => Task.CompletedTask;
            read.SetResult();
            return told.Task;
        };
        var reading = record.EnsureKnownAsync();
        await read.Task;
        write.SetResult();
        await writing;
        told.SetResult();
        await reading;

        Assert.Equal(("two", 2), (record.Value, record.Version));
    }

    [Fact]
    public async Task Delete_PublishesThatThereIsNothing()
    {
        await PutAsync(_record, "one");
        Assert.IsType<CommitOutcome.Committed>(await _record.DeleteAsync(Event(2), Guid.CreateVersion7()));
        Assert.Equal((null, 0), (_record.Value, _record.Version));
    }

    private PublishedRecord<string> Record() => Record(RecordLease.Unlimited);

    private PublishedRecord<string> Record(RecordLease lease) =>
        new(new RecordAccess(_store, lease, _time), Key, stored => System.Text.Encoding.UTF8.GetString(stored.Document.Span));

    private static Task<CommitOutcome> PutAsync(PublishedRecord<string> record, string value) =>
        record.PutAsync(value, System.Text.Encoding.UTF8.GetBytes(value), [], Event(record.Version + 1), Guid.CreateVersion7());

    private static EventData Event(long version) => new(
        EventTypes.UserUpdated, DateTimeOffset.UnixEpoch, Key.Kind, Key.Id, version, new EventOrigin("scim", "token", "correlation"), EventChanges.None);
}
