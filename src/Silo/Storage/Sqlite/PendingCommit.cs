using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Silo.Storage.Sqlite;

/// <summary>Work that waits for the writer.</summary>
/// <param name="Commit">The commit; null to prove that the writer can write, or to erase.</param>
/// <param name="Erasure">What to erase; null for nothing.</param>
internal sealed record PendingCommit(Commit? Commit, Erasure? Erasure = null)
{
    // Whoever waits must not run on the writer's thread.
    private readonly TaskCompletionSource<CommitOutcome> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The tenant whose turn it takes.</summary>
    public string Tenant => Commit?.Tenant ?? Erasure?.Tenant ?? "";

    /// <summary>Completes when the outcome is durable.</summary>
    public Task<CommitOutcome> Answer => _answer.Task;

    /// <summary>The outcome, decided inside the transaction; answered after it has been committed.</summary>
    public CommitOutcome? Outcome { get; set; }

    /// <summary>Answers with the outcome.</summary>
    public void Complete() => _answer.TrySetResult(Outcome!);

    /// <summary>Answers that the outcome is unknown.</summary>
    public void Fail(StoreUnavailableException exception) => _answer.TrySetException(exception);
}

/// <summary>Whose events give up what they say about changes.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="ResourceId">The resource.</param>
internal sealed record Erasure(string Tenant, string ResourceId);
