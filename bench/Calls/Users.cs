using System.Text.Json.Nodes;
using OrleansIdentity.Bench.Load;
using OrleansIdentity.Bench.Servers;

namespace OrleansIdentity.Bench.Calls;

/// <summary>Makes the users that calls are about.</summary>
internal static class Users
{
    /// <summary>Creates users and gives their ids; the n-th belongs to the n-th name.</summary>
    public static async Task<string[]> FillAsync(ScimServer server, int count, int connections)
    {
        Console.WriteLine($"Creating {count} users at {server.Url}");
        var ids = new string[count];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            using var connection = new RawConnection(server.Url);
            await connection.ConnectAsync();
            for (var n = Interlocked.Increment(ref next); n < ids.Length; n = Interlocked.Increment(ref next))
            {
                var (status, body) = await connection.SendAsync(OktaCalls.Create(server, n));
                ids[n] = status == 201 ? JsonNode.Parse(body.Span)!["id"]!.GetValue<string>() : throw new InvalidOperationException($"POST was answered {status}.");
            }
        }));
        return ids;
    }
}
