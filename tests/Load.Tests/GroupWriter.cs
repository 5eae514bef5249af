using System.Text;
using System.Text.Json.Nodes;
using Orleans.Runtime;
using OrleansIdentity.Grains.Contracts.Groups;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Load.Tests;

/// <summary>
/// One of many who change the members of one group. Each has users of its own, so that it knows which of them are members: what was acknowledged last.
/// </summary>
public sealed class GroupWriter(int number, int seed, string[] users, Func<IGroupGrain> group)
{
    private readonly Random _random = new(seed);

    /// <summary>Those of its users who are members.</summary>
    public HashSet<string> Members { get; } = new(StringComparer.Ordinal);

    /// <summary>How often each user has joined or left by an acknowledged change.</summary>
    public Dictionary<string, int> Changes { get; } = users.ToDictionary(user => user, _ => 0, StringComparer.Ordinal);

    /// <summary>How many PATCHes were answered, and how many had to be sent again because nobody answered.</summary>
    public (int Answered, int Repeated) Count { get; private set; }

    public async Task RunAsync(int patches, Action progress)
    {
        for (var patch = 0; patch < patches; patch++)
        {
            var toggled = users.Where(_ => _random.Next(2) == 0).DefaultIfEmpty(users[0]).ToArray();
            var leaving = toggled.Where(Members.Contains).ToArray();
            var joining = toggled.Except(leaving).ToArray();
            await AcknowledgedAsync(Request(leaving, joining));
            Members.ExceptWith(leaving);
            Members.UnionWith(joining);
            foreach (var user in toggled)
            {
                Changes[user]++;
            }

            progress();
        }
    }

    // Sent again until it is answered: whoever is a member already, or no more, is left as they are.
    private async Task AcknowledgedAsync(byte[] request)
    {
        while (true)
        {
            try
            {
                var origin = new EventOrigin("scim", $"writer-{number}", "group-storm");
                var reply = await group().PatchAsync(new PatchResource(origin, TimeProvider.System.GetUtcNow() + LoadCluster.ResponseTimeout, null, request));
                if (reply.Error is null)
                {
                    Count = Count with { Answered = Count.Answered + 1 };
                    return;
                }

                Assert.Equal(503, reply.Error.Status);
            }
            catch (Exception exception) when (exception is TimeoutException or OrleansException or StoreUnavailableException)
            {
                // Rejected, or no answer in time: the outcome is unknown.
            }

            Count = Count with { Repeated = Count.Repeated + 1 };
        }
    }

    // As Okta does: each that leaves by a filtered path, all that join in one.
    private static byte[] Request(string[] leaving, string[] joining)
    {
        var operations = new JsonArray([.. leaving.Select(id => new JsonObject { ["op"] = "remove", ["path"] = $"members[value eq \"{id}\"]" })]);
        if (joining.Length > 0)
        {
            operations.Add(new JsonObject
            {
                ["op"] = "add",
                ["path"] = "members",
                ["value"] = new JsonArray([.. joining.Select(id => new JsonObject { ["value"] = id })]),
            });
        }

        return Encoding.UTF8.GetBytes(new JsonObject
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:PatchOp"),
            ["Operations"] = operations,
        }.ToJsonString());
    }
}
