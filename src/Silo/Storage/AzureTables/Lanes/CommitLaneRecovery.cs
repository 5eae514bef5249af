using Azure;
using Microsoft.Extensions.Logging;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Storage.AzureTables.Account;

namespace OrleansIdentity.Silo.Storage.AzureTables.Lanes;

// What the lane does after a transaction that was refused, or whose outcome is not known.
internal sealed partial class CommitLane
{
    private const int AttemptsBeforeDoubt = 3;

    // Each time, another lane has written: the tenant goes on, and whoever loses so often is told to come again.
    private const int MaxOvertaken = 100;

    private async Task RecoverAsync(List<PendingCommit> taken, Exception exception)
    {
        _isCurrent = false;
        var status = (exception as RequestFailedException)?.Status ?? 0;
        if (exception is StoreUnavailableException || taken.Count == 0)
        {
            // Reads were repeated as often as they may be, so that nobody can be answered.
            FailAll(taken, exception);
            return;
        }

        if (status is 409 or 412 || Persistence.IsPassing(exception))
        {
            await TryAgainAsync(taken, exception, status);
        }
        else if (taken.Count > 1)
        {
            // One commit that cannot be written must not fail the others that happened to be in its batch.
            _alone = taken.Count;
            _queue.PutBack(taken);
        }
        else
        {
            Fail(taken[0], exception);
        }
    }

    private async Task TryAgainAsync(List<PendingCommit> taken, Exception exception, int status)
    {
        foreach (var pending in taken)
        {
            pending.Attempts++;
            _unsure.TryAdd(pending.Commit.Id, pending);
        }

        foreach (var pending in taken.Where(pending => pending.Attempts >= (status == 412 ? MaxOvertaken : _options.MaxAttempts)))
        {
            Fail(pending, exception);
        }

        _queue.PutBack(taken.Where(pending => !pending.Answer.IsCompleted));
        try
        {
            if (status == 409)
            {
                await AnswerUsedIdsAsync(taken);
            }

            if (status is 409 or 412)
            {
                LogContended(_tenant, status);
                _alone = status == 409 ? taken.Count : _alone;
                if (status == 409 && taken.Max(pending => pending.Attempts) == AttemptsBeforeDoubt)
                {
                    LogDoubted(_tenant);
                    await _state.DoubtAsync();
                }
            }
            else
            {
                await _persistence.PauseAsync(++_failures, exception, CancellationToken.None);
            }
        }
        catch (StoreUnavailableException unavailable)
        {
            FailAll(taken, unavailable);
        }
    }

    // A record cannot be added when its id was used before. The index holds the living only, so the rows have to say.
    private async Task AnswerUsedIdsAsync(List<PendingCommit> taken)
    {
        foreach (var pending in taken.Where(pending => pending.Commit.Change is { ExpectedVersion: 0 }))
        {
            if (await AskRowAsync(pending.Commit) is { } reply)
            {
                Answer(pending, reply);
            }
        }
    }

    private void FailAll(List<PendingCommit> taken, Exception exception)
    {
        foreach (var pending in taken)
        {
            Fail(pending, exception);
        }

        _queue.Take(pending =>
        {
            Fail(pending, exception);
            return true;
        });
    }

    private static void Fail(PendingCommit pending, Exception exception)
    {
        pending.Fail(Persistence.Unavailable(exception));
        StoreTelemetry.Failed();
    }

    [LoggerMessage(10, LogLevel.Information, "Another lane may have written to tenant {Tenant} (status {Status}): reading what was missed.")]
    private partial void LogContended(string tenant, int status);

    [LoggerMessage(11, LogLevel.Error, "The index of tenant {Tenant} contradicts its rows: it is made anew from them.")]
    private partial void LogDoubted(string tenant);
}
