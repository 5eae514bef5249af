using OrleansIdentity.Bench.Calls;
using OrleansIdentity.Bench.Load;
using OrleansIdentity.Bench.Servers;

namespace OrleansIdentity.Bench;

/// <summary>How the five calls are measured.</summary>
/// <param name="Users">How many users the tenant has.</param>
/// <param name="Seconds">How long one call of one server is measured in one round.</param>
/// <param name="Rounds">How many rounds; the median counts.</param>
/// <param name="Connections">How many connections send at once.</param>
internal sealed record FiveCallsOptions(int Users, int Seconds, int Rounds, int Connections);

/// <summary>Measures the product and the bare endpoint by turns, so that whatever else the machine does falls on both.</summary>
internal static class FiveCalls
{
    public static async Task<int> RunAsync(FiveCallsOptions options, CancellationToken cancellationToken)
    {
        using var product = await Product.StartAsync(cancellationToken);
        using var bare = await ServerProcess.StartAsync(typeof(FiveCalls).Assembly.Location, url => ["bare", url], cancellationToken);
        var ids = await Users.FillAsync(product.Scim, options.Users, options.Connections);
        var calls = OktaCalls.Five(product.Scim, ids);
        await TeachAsync(product.Process, bare, calls);

        List<CallResult> results = [];
        foreach (var call in calls)
        {
            results.Add(await CompareAsync(options, product.Process, bare, call));
        }

        Report.Write(options, results, product.Process.WorkingSet);
        return 0;
    }

    /// <summary>Measures one call on both by turns.</summary>
    public static async Task<CallResult> CompareAsync(FiveCallsOptions options, ServerProcess product, ServerProcess bare, Call call)
    {
        var (productRounds, bareRounds) = (new List<Measurement>(), new List<Measurement>());

        // The first round warms both up and does not count.
        for (var round = 0; round <= options.Rounds; round++)
        {
            bareRounds.Add(await LoadRun.MeasureAsync(bare.Url, bare, call, options.Connections, TimeSpan.FromSeconds(options.Seconds)));
            productRounds.Add(await LoadRun.MeasureAsync(product.Url, product, call, options.Connections, TimeSpan.FromSeconds(options.Seconds)));
            Console.WriteLine($"{call.Name}: round {round} of {options.Rounds}");
        }

        return new CallResult(call.Name, [.. productRounds.Skip(1)], [.. bareRounds.Skip(1)]);
    }

    /// <summary>Asks the product each call once and teaches the bare endpoint to answer the same.</summary>
    public static async Task TeachAsync(ServerProcess product, ServerProcess bare, Call[] calls)
    {
        using var from = new RawConnection(product.Url);
        using var to = new RawConnection(bare.Url);
        await from.ConnectAsync();
        await to.ConnectAsync();
        foreach (var call in calls)
        {
            var (_, body) = await from.SendAsync(call.Next());
            await to.SendAsync(RawConnection.Request("PUT", $"{BareServer.Teach}{call.Taught}", null, body.ToArray()));
        }
    }
}
