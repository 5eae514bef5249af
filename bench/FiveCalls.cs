using System.Text.Json.Nodes;
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
        Console.WriteLine($"Creating {options.Users} users.");
        var ids = await FillAsync(product, options.Users, options.Connections);
        var calls = OktaCalls.Five(product.Token, ids);
        await TeachAsync(product, bare, calls);

        var results = new List<CallResult>();
        foreach (var call in calls)
        {
            var (productRounds, bareRounds) = (new List<Measurement>(), new List<Measurement>());

            // The first round warms both up and does not count.
            for (var round = 0; round <= options.Rounds; round++)
            {
                bareRounds.Add(await LoadRun.MeasureAsync(bare, call, options.Connections, TimeSpan.FromSeconds(options.Seconds)));
                productRounds.Add(await LoadRun.MeasureAsync(product.Process, call, options.Connections, TimeSpan.FromSeconds(options.Seconds)));
                Console.WriteLine($"{call.Name}: round {round} of {options.Rounds}");
            }

            results.Add(new CallResult(call.Name, [.. productRounds.Skip(1)], [.. bareRounds.Skip(1)]));
        }

        Report.Write(options, results, product.Process.WorkingSet);
        return 0;
    }

    /// <summary>Creates users, and gives their ids.</summary>
    internal static async Task<string[]> FillAsync(Product product, int users, int connections)
    {
        var ids = new string[users];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            using var connection = new RawConnection(product.Process.Url);
            await connection.ConnectAsync();
            for (var n = Interlocked.Increment(ref next); n < ids.Length; n = Interlocked.Increment(ref next))
            {
                var (status, body) = await connection.SendAsync(OktaCalls.Create(product.Token, n));
                ids[n] = status == 201 ? JsonNode.Parse(body.Span)!["id"]!.GetValue<string>() : throw new InvalidOperationException($"POST was answered {status}.");
            }
        }));
        return ids;
    }

    /// <summary>Asks the product each call once and teaches the bare endpoint to answer the same.</summary>
    private static async Task TeachAsync(Product product, ServerProcess bare, Call[] calls)
    {
        using var from = new RawConnection(product.Process.Url);
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
