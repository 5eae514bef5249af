using CsCheck;
using OrleansIdentity.OktaSimulator.Hooks;
using OrleansIdentity.OktaSimulator.Scripts;

namespace OrleansIdentity.Api.Tests.Standard;

/// <summary>Whatever happens in the org, and whatever becomes of the hooks on their way: one night later the tenant has exactly what Okta has.</summary>
public sealed class HistoryTests
{
    private const int Histories = 25;

    private static readonly Gen<(int Seed, int Changes, double Loss, double Duplicates, double Repeats, bool Shuffled, int Batch, int TellEvery)> Weathers =
        from seed in Gen.Int[1, 1_000_000]
        from changes in Gen.Int[1, 40]
        from loss in Gen.OneOf(Gen.Const(0.0), Gen.Const(0.3), Gen.Const(1.0))
        from duplicates in Gen.OneOf(Gen.Const(0.0), Gen.Const(0.5))
        from repeats in Gen.OneOf(Gen.Const(0.0), Gen.Const(0.5))
        from shuffled in Gen.Bool
        from batch in Gen.Int[1, 10]
        from tellEvery in Gen.Int[1, 15]
        select (seed, changes, loss, duplicates, repeats, shuffled, batch, tellEvery);

    [Fact]
    public async Task AnyHistory_FollowedByOneNight_EndsInOktasState()
    {
        await using var world = await StandardWorld.StartAsync();
        world.Assign(8);
        await Weathers.SampleAsync(
            async history =>
            {
                world.Org.Hooks.Seed(history.Seed);
                world.Org.Hooks.Weather = new HookWeather(history.Loss, history.Duplicates, history.Repeats, history.Shuffled, history.Batch);
                var changes = new ChangeGenerator(world.Org.Directory, world.App.Id, history.Seed);
                for (var change = 1; change <= history.Changes; change++)
                {
                    changes.Change();
                    if (change % history.TellEvery == 0)
                    {
                        await world.DeliverAsync();
                        await world.DrainAsync();
                    }
                }

                // Without a loss no night is needed.
                await world.DeliverAsync();
                Assert.Null(await world.DrainAsync());
                if (history.Loss == 0)
                {
                    await world.ShouldBeAsOktaAsync();
                }

                await world.SyncAsync();
                await world.ShouldBeAsOktaAsync();
                var rerun = await world.SyncAsync();
                Assert.Equal((0, 0, 0), (Count(rerun, "created"), Count(rerun, "updated"), Count(rerun, "deactivated")));
            },
            iter: Histories,
            threads: 1);
    }

    private static int Count(System.Text.Json.Nodes.JsonNode run, string member) => run["counts"]![member]!.GetValue<int>();
}
