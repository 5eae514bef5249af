namespace OrleansIdentity.Silo.Storage.AzureTables.Lanes;

/// <summary>A commit that waits in its lane.</summary>
internal sealed class PendingCommit(LaneCommit commit)
{
    // Whoever waits must not run in the lane's loop.
    private readonly TaskCompletionSource<LaneReply> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The commit.</summary>
    public LaneCommit Commit => commit;

    /// <summary>How many transactions have carried it without a success that is known.</summary>
    public int Attempts { get; set; }

    /// <summary>Completes when the outcome is durable.</summary>
    public Task<LaneReply> Answer => _answer.Task;

    /// <summary>Answers with the outcome.</summary>
    public void Complete(LaneReply reply) => _answer.TrySetResult(reply);

    /// <summary>Answers that the outcome is unknown.</summary>
    public void Fail(Exception exception) => _answer.TrySetException(exception);
}
