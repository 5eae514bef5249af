using OrleansIdentity.Api.Standard.Orgs;
using OrleansIdentity.Api.Standard.People;
using OrleansIdentity.Grains.Contracts.Standard;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Standard.Mapping;
using OrleansIdentity.Okta.Results;

namespace OrleansIdentity.Api.Standard.Runs;

/// <summary>Looks one by one for those who were on no page: a list is no snapshot, and may have lost its middle. Only who is really gone loses access.</summary>
internal sealed class AbsentSync(PersonApplier applier, PersonReader reader, TimeProvider time)
{
    private const int Parallel = 4;

    /// <summary>Looks for some, and changes nothing.</summary>
    /// <returns>What was found, up to the first of whom nothing is known.</returns>
    public async Task<(Weighed Report, OktaFailure? Failure)> WeighAsync(TenantOrg org, AbsentUser[] users, CancellationToken cancellationToken)
    {
        var reads = await ReadAsync(org, users, cancellationToken);
        var known = reads.TakeWhile(read => read.Read is not PersonRead.Failed).ToArray();
        var gone = known.Count(read => read.Read is PersonRead.Gone);
        return (new Weighed(gone, known.Length - gone), (reads.ElementAtOrDefault(known.Length).Read as PersonRead.Failed)?.Failure);
    }

    /// <summary>Looks for some, and takes access from who is really gone.</summary>
    /// <returns>What became of them, up to the first of whom nothing is known.</returns>
    public async Task<(RemovalsDone Report, OktaFailure? Failure)> RemoveAsync(SyncCall call, TenantOrg org, AbsentUser[] users, CancellationToken cancellationToken)
    {
        var types = await applier.TypesAsync(call.Tenant, call.Provisioning, cancellationToken);
        var (rows, counts, count) = (new List<DriftRow>(), RunCounts.None, 0);
        foreach (var (user, read, readAt) in await ReadAsync(org, users, cancellationToken))
        {
            switch (read)
            {
                case PersonRead.Failed failed:
                    return (new RemovalsDone(count, [.. rows], counts), failed.Failure);
                case PersonRead.Found found:
                    var person = OktaProfileMapper.Map(types, found.Person);
                    var applied = await applier.ApplyAsync(call, person, null, readAt, cancellationToken);
                    rows.AddRange(PageSync.Row(person, applied, Done(call)) is { } row ? [row] : []);
                    counts = counts.Plus(new RunCounts { Kept = 1, Requests = 2 });
                    break;
                case PersonRead.Gone:
                    var removed = await applier.RemoveAsync(call, user.OktaId, user.UserId, readAt, cancellationToken);
                    rows.Add(new DriftRow(
                        DriftKind.Extra, user.OktaId, user.UserId, user.Name, removed.Changes, removed.Refusal is null ? Done(call) : DriftOutcome.Left, removed.Refusal));
                    counts = counts.Plus(removed.Result switch
                    {
                        SyncResult.Refused => new RunCounts { Problems = 1, Requests = 1 },
                        SyncResult.Older => new RunCounts { Requests = 1 },
                        _ => new RunCounts { Deactivated = 1, Requests = 1 },
                    });
                    break;
            }

            count++;
        }

        return (new RemovalsDone(count, [.. rows], counts), null);
    }

    private async Task<(AbsentUser User, PersonRead Read, DateTimeOffset ReadAt)[]> ReadAsync(TenantOrg org, AbsentUser[] users, CancellationToken cancellationToken)
    {
        var reads = new (AbsentUser, PersonRead, DateTimeOffset)[users.Length];
        await System.Threading.Tasks.Parallel.ForEachAsync(
            Enumerable.Range(0, users.Length),
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
            async (index, cancelled) =>
            {
                var readAt = time.GetUtcNow();
                reads[index] = (users[index], await reader.ReadAsync(org, users[index].OktaId, cancelled), readAt);
            });
        return reads;
    }

    private static DriftOutcome Done(SyncCall call) => call.IsRehearsal ? DriftOutcome.WouldBeRepaired : DriftOutcome.Repaired;
}
