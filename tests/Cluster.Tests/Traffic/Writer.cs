using System.Text.Json.Nodes;

namespace OrleansIdentity.Cluster.Tests.Traffic;

/// <summary>Writes to its own users, one request after the other, whatever fails.</summary>
internal sealed class Writer(int number, string run, Random random, Requests requests)
{
    private int _marks;

    public List<TracedUser> Users { get; } = [];

    /// <summary>How many writes were acknowledged.</summary>
    public int Acknowledged { get; private set; }

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (Users.Count < 3 || random.Next(10) == 0)
            {
                await CreateAsync();
            }
            else
            {
                await ChangeAsync(Users[random.Next(Users.Count)]);
            }
        }
    }

    private async Task CreateAsync()
    {
        var user = new TracedUser($"{run}-w{number}-{Users.Count}@cluster.test");
        var mark = Mark();
        while (true)
        {
            var answer = await requests.SendAsync(HttpMethod.Post, "Users", Body(user, mark));
            switch (answer.Status)
            {
                case 201:
                    user.Id = answer.Body!["id"]!.GetValue<string>();
                    break;
                case 409:
                    // The attempt without an answer had its effect: the account that has the name is ours.
                    user.Id = await FindAsync(user);
                    break;
                default:
                    continue;
            }

            Acknowledge(user, mark);
            Users.Add(user);
            return;
        }
    }

    private async Task ChangeAsync(TracedUser user)
    {
        var mark = Mark();
        var answer = random.Next(3) == 0
            ? await requests.SendAsync(HttpMethod.Put, $"Users/{user.Id}", Body(user, mark))
            : await requests.SendAsync(HttpMethod.Patch, $"Users/{user.Id}", new JsonObject
            {
                ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:PatchOp"),
                ["Operations"] = new JsonArray(new JsonObject
                {
                    ["op"] = "replace", ["value"] = new JsonObject { ["nickName"] = mark, ["active"] = random.Next(2) == 0 },
                }),
            });
        if (answer.IsUnknown)
        {
            user.Writes.Add((mark, false));
        }
        else if (answer.Status == 200)
        {
            Acknowledge(user, mark);
        }
        else
        {
            requests.Wrong($"{user.UserName} was answered {answer.Status}: {answer.Body?.ToJsonString()}");
        }
    }

    private async Task<string> FindAsync(TracedUser user)
    {
        while (true)
        {
            var answer = await requests.SendAsync(HttpMethod.Get, $"Users?filter={Uri.EscapeDataString($"userName eq \"{user.UserName}\"")}");
            if (answer.Status == 200)
            {
                return answer.Body!["Resources"]!.AsArray().Single()!["id"]!.GetValue<string>();
            }
        }
    }

    private void Acknowledge(TracedUser user, string mark)
    {
        user.Writes.Add((mark, true));
        Acknowledged++;
    }

    private string Mark() => $"{run}-{number}-{_marks++}";

    private static JsonObject Body(TracedUser user, string mark) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:User"),
        ["userName"] = user.UserName,
        ["externalId"] = $"00u-{user.UserName}",
        ["nickName"] = mark,
    };
}
