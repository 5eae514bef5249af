using System.Collections.Concurrent;
using OrleansIdentity.Api.Standard.Orgs;
using OrleansIdentity.Api.Standard.People;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Standard;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Standard.Mapping;
using OrleansIdentity.Okta.Apps;
using OrleansIdentity.Okta.Results;

namespace OrleansIdentity.Api.Standard.Runs;

/// <summary>Compares a page of assignments with the tenant's users: one look for keys tells who is as Okta has the person. Only the others are asked, and changed.</summary>
internal sealed class PageSync(PersonApplier applier, PersonReader reader, TimeProvider time)
{
    private const int Parallel = 8;

    /// <summary>Goes through a page.</summary>
    /// <param name="call">For whom.</param>
    /// <param name="org">The org.</param>
    /// <param name="items">The page.</param>
    /// <param name="readAt">When its read began (UTC).</param>
    /// <param name="plan">Keeps what is about to be repaired; false when somebody else is at it.</param>
    /// <param name="cancellationToken">Gives up, with an exception.</param>
    public async Task<PageDone> SyncAsync(
        SyncCall call, TenantOrg org, IReadOnlyList<AppUser> items, DateTimeOffset readAt, Func<DriftRow[], Task<bool>> plan, CancellationToken cancellationToken)
    {
        var types = await applier.TypesAsync(call.Tenant, call.Provisioning, cancellationToken);
        var (people, rows) = (new List<MappedPerson>(), new ConcurrentDictionary<string, DriftRow>(StringComparer.Ordinal));
        var requests = 1;
        foreach (var item in items)
        {
            // Without the person in the list, which only an org that ignores the wish gives, each is read by itself.
            var read = item.User is { } user ? PersonReader.Of(item, user) : await reader.ReadAsync(org, item.Id, cancellationToken);
            requests += item.User is null ? 2 : 0;
            switch (read)
            {
                case PersonRead.Found found:
                    people.Add(OktaProfileMapper.Map(types, found.Person));
                    break;
                case PersonRead.Unfit unfit:
                    rows[item.Id] = Left(item.Id, item.Credentials?.UserName, unfit.Error);
                    break;
                case PersonRead.Failed failed:
                    rows[item.Id] = Left(item.Id, item.Credentials?.UserName, failed.Failure.Describe());
                    break;
            }
        }

        var joined = people.Count == 0 ? [] : await applier.JoinAsync(call.Tenant, people, compare: true, cancellationToken);
        var others = people.Zip(joined).Where(pair => pair.Second.By != JoinedBy.State).ToArray();
        var rehearsal = call with { IsRehearsal = true };
        await EachAsync(others, async (person, who) => Note(person, await applier.ApplyAsync(rehearsal, person, who, readAt, cancellationToken), DriftOutcome.WouldBeRepaired));
        var planned = rows.Values.Where(row => row.Outcome == DriftOutcome.WouldBeRepaired).Select(row => row with { Outcome = DriftOutcome.Planned }).ToArray();
        if (!call.IsRehearsal && (planned.Length == 0 || await plan(planned)))
        {
            await EachAsync(others, async (person, who) =>
            {
                var applied = await applier.ApplyAsync(call, person, who, readAt, cancellationToken);
                if (applied.Result == SyncResult.Older)
                {
                    // Okta's list lags behind, or somebody was faster: what is so now, a read of this one person tells.
                    Interlocked.Add(ref requests, 2);
                    applied = await AgainAsync(call, org, person, cancellationToken) ?? applied;
                }

                Note(person, applied, DriftOutcome.Repaired);
            });
        }

        var all = rows.Values.OrderBy(row => row.OktaId, StringComparer.Ordinal).ToArray();
        return new PageDone(null, [.. items.Select(item => item.Id)], all, Counts(items.Count, all) with { Requests = requests });

        void Note(MappedPerson person, Applied applied, DriftOutcome repaired)
        {
            if (Row(person, applied, repaired) is { } row)
            {
                rows[person.OktaId] = row;
            }
            else if (repaired == DriftOutcome.Repaired && rows.TryGetValue(person.OktaId, out var foreseen))
            {
                // What was foreseen is so by now, by an event that came in meanwhile.
                rows[person.OktaId] = foreseen with { Outcome = DriftOutcome.Repaired };
            }
        }

        async Task EachAsync(IEnumerable<(MappedPerson Person, Joined Who)> pairs, Func<MappedPerson, Joined, Task> act) => await System.Threading.Tasks.Parallel.ForEachAsync(
            pairs,
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
            async (pair, _) => await act(pair.Person, pair.Who));
    }

    /// <summary>What a person that was applied is in the report; null when there was no difference.</summary>
    public static DriftRow? Row(MappedPerson person, Applied applied, DriftOutcome repaired)
    {
        var kind = applied.Result switch
        {
            SyncResult.Created or SyncResult.Reactivated => DriftKind.Missing,
            SyncResult.Deactivated => DriftKind.Extra,
            SyncResult.Refused when applied.By == JoinedBy.Nothing => DriftKind.Missing,
            _ => DriftKind.Different,
        };
        var unfit = person.Unfit.Count == 0 ? null : new Refusal(
            422, "value-unfit", "Not taken over: " + string.Join(" ", person.Unfit.Select(value => $"'{value.Attribute}': {value.Why}")));
        return applied.Result switch
        {
            SyncResult.Unchanged or SyncResult.Older => null,
            SyncResult.Refused => new DriftRow(kind, person.OktaId, applied.By == JoinedBy.Nothing ? null : applied.UserId, person.UserName, [], DriftOutcome.Left, applied.Refusal),
            _ => new DriftRow(kind, person.OktaId, applied.Result == SyncResult.Created && repaired != DriftOutcome.Repaired ? null : applied.UserId, person.UserName, applied.Changes, repaired, unfit),
        };
    }

    private async Task<Applied?> AgainAsync(SyncCall call, TenantOrg org, MappedPerson person, CancellationToken cancellationToken)
    {
        var readAt = time.GetUtcNow();
        var types = await applier.TypesAsync(call.Tenant, call.Provisioning, cancellationToken);
        return await reader.ReadAsync(org, person.OktaId, cancellationToken) switch
        {
            PersonRead.Found found => await applier.ApplyAsync(call, OktaProfileMapper.Map(types, found.Person), null, readAt, cancellationToken),
            PersonRead.Gone => await applier.RemoveAsync(call, person.OktaId, null, readAt, cancellationToken),
            _ => null,
        };
    }

    private static DriftRow Left(string oktaId, string? name, OktaError error) =>
        new(DriftKind.Different, oktaId, null, name ?? oktaId, [], DriftOutcome.Left, new Refusal(422, error.Id, error.Message));

    private static RunCounts Counts(int assigned, DriftRow[] rows) => new()
    {
        Assigned = assigned,
        Unchanged = assigned - rows.Length,
        Created = Count(rows, DriftKind.Missing, isNew: true),
        Reactivated = Count(rows, DriftKind.Missing, isNew: false),
        Updated = rows.Count(row => row is { Kind: DriftKind.Different, Outcome: not DriftOutcome.Left }),
        Deactivated = rows.Count(row => row is { Kind: DriftKind.Extra, Outcome: not DriftOutcome.Left }),
        Problems = rows.Count(row => row.Outcome == DriftOutcome.Left),
    };

    // A new user is one of whom everything changes, the user name too.
    private static int Count(DriftRow[] rows, DriftKind kind, bool isNew) => rows.Count(row =>
        row.Kind == kind && row.Outcome != DriftOutcome.Left && row.Changes.AsSpan().IndexOf("\"path\":\"userName\",\"after\""u8) >= 0 == isNew);
}
