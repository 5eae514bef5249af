using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Contracts.Standard;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Api.Tests.Standard;

/// <summary>
/// A process that dies at each of the steps of a run, before and behind its commit, among 2,000 users: another one goes on, the run ends right, nobody is deactivated by
/// mistake, and nothing is done twice.
/// </summary>
public sealed class RunKillTests
{
    private const int People = 2_000;

    /// <summary>The steps, by the record that a commit is about, and the phase that a run's own record has then.</summary>
    private static readonly (string Name, string Kind, string? Marker, int Nth)[] Steps =
    [
        ("the run begins", RecordKinds.SyncRun, "\"phase\":\"Walking\"", 1),
        ("a page is planned", RecordKinds.SyncDrift, "Planned", 1),
        ("a user is changed", RecordKinds.User, null, 3),
        ("a page is reported", RecordKinds.SyncDrift, "Repaired", 1),
        ("a page is through", RecordKinds.SyncPage, "oktaIds", 4),
        ("the last page is through", RecordKinds.SyncRun, "\"phase\":\"Listing\"", 1),
        ("a slice is through", RecordKinds.SyncPage, "absent", 1),
        ("the absent are known", RecordKinds.SyncRun, "\"phase\":\"Removing\"", 1),
        ("a user is deactivated", RecordKinds.User, "\"active\":false", 2),
        ("some of the absent are through", RecordKinds.SyncRun, "\"number\":", 2),
        ("the run ends", RecordKinds.SyncRun, "\"phase\":\"Ended\"", 1),
    ];

    [Fact]
    public async Task Run_KilledAtEachStepOnce_EndsRight()
    {
        await using var world = await StandardWorld.StartAsync();
        var ids = world.Assign(People);
        await world.SyncAsync();
        await world.ShouldBeAsOktaAsync();
        var (changed, gone) = (0, 0);
        foreach (var (name, kind, marker, nth) in Steps)
        {
            foreach (var isWritten in new[] { false, true })
            {
                // Some change all over the list, and some go.
                foreach (var id in ids.Skip(changed % 7).Where((_, index) => index % 100 == 0))
                {
                    world.Org.Directory.UpdateProfile(id, new JsonObject { ["department"] = $"Department {changed}" });
                }

                changed++;
                foreach (var id in ids.Skip(gone * 5).Take(5))
                {
                    world.Org.Directory.Unassign(world.App.Id, id);
                }

                gone++;
                var (count, died) = (0, false);
                Task Die(Commit commit)
                {
                    if (died)
                    {
                        throw new StoreUnavailableException("Dead.");
                    }

                    if (commit.Change is PutRecord put && put.Key.Kind == kind && (marker is null || Text(put).Contains(marker, StringComparison.Ordinal)) && ++count == nth)
                    {
                        died = true;
                        throw new StoreUnavailableException($"Dies as {name}.");
                    }

                    return Task.CompletedTask;
                }

                if (isWritten)
                {
                    world.Store.AfterCommit = Die;
                }
                else
                {
                    world.Store.BeforeCommit = Die;
                }

                await Assert.ThrowsAnyAsync<Exception>(async () =>
                {
                    await StartAsync(world, $"2026{gone:d4}");
                    await world.WorkAsync();
                    throw new InvalidOperationException($"Nobody died as {name}.");
                }).ContinueWith(thrown => Assert.False(thrown.Result is InvalidOperationException, thrown.Result.Message), TaskScheduler.Default);
                await world.RestartAsync();
                await StartAsync(world, $"2026{gone:d4}");
                await world.WorkAsync();

                var run = (await world.Runs.ListAsync()).Single(one => one.Id == $"2026{gone:d4}");
                Assert.Equal((RunOutcome.Completed, People - (5 * (gone - 1)) - 5), (run.Outcome, run.Counts.Assigned));
                await world.ShouldBeAsOktaAsync();
            }
        }

        // Each of those who went was deactivated once, and nobody else.
        var events = new List<StoredEvent>();
        while (await world.Behind.ReadEventsAsync(world.Tenant.Slug, events.Count == 0 ? 0 : events[^1].Position, 1_000, null, default) is { Count: > 0 } page)
        {
            events.AddRange(page);
        }

        Assert.Equal(5 * gone, events.Count(one => one.Data.Type == EventTypes.UserDeactivated));
        Assert.Equal(People, events.Count(one => one.Data is { Type: EventTypes.UserCreated, Origin.Source: "sync" }));
    }

    private static Task StartAsync(StandardWorld world, string id) =>
        world.Runs.StartAsync(new StartRun(id, RunTrigger.Night, IsRehearsal: false, new EventOrigin("sync", "test", "")));

    private static string Text(PutRecord put) => System.Text.Encoding.UTF8.GetString(put.Document.Span);
}
