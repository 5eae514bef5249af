using System.Text;
using System.Text.Json.Nodes;
using Orleans.Runtime;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Directory;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Load.Tests;

/// <summary>One of many callers: works on its own users, so that it knows what each must look like, and fights the others for shared names.</summary>
public sealed class LoadWorker(int number, int seed, string[] tenants, IGrainFactory grains)
{
    private static readonly EventOrigin Origin = new("scim", "load", "load");

    // As the API does: nothing is begun after the caller was told that the outcome is unknown.
    private static DateTimeOffset Deadline => TimeProvider.System.GetUtcNow() + LoadCluster.ResponseTimeout;

    private readonly Random _random = new(seed);
    private readonly List<ModelUser> _alive = [];

    public List<ModelUser> Users { get; } = [];

    /// <summary>How many commands were answered, and how many had to be sent again because nobody answered.</summary>
    public (int Answered, int Repeated) Count { get; private set; }

    public async Task RunAsync(int operations, Action progress)
    {
        for (var operation = 0; operation < operations; operation++)
        {
            await StepAsync();
            progress();
        }
    }

    private Task StepAsync()
    {
        var dice = _random.Next(100);
        return _alive.Count < 20 || dice < 12 ? CreateAsync()
            : dice < 16 ? CreateSharedAsync()
            : dice < 18 ? DeleteAsync()
            : dice < 45 ? ToggleAsync()
            : dice < 70 ? RenickAsync()
            : dice < 85 ? ReplaceAsync()
            : dice < 95 ? ReadAsync()
            : ListAsync();
    }

    private async Task CreateAsync()
    {
        var user = New($"w{number}-{Users.Count}@load.test");
        var reply = await SendAsync(user, grain => grain.CreateAsync(new CreateResource(Origin, Deadline, Attributes(user))));

        // Sent again after it had become durable, it meets itself.
        Assert.True(reply.Error is null || reply.Error.Detail.Contains(user.Id, StringComparison.Ordinal), reply.Error?.Detail);
        user.Exists = true;
        _alive.Add(user);
    }

    private async Task CreateSharedAsync()
    {
        var user = New($"shared-{_random.Next(50)}@load.test");
        var reply = await SendAsync(user, grain => grain.CreateAsync(new CreateResource(Origin, Deadline, Attributes(user))));
        user.Exists = reply.Error is null || reply.Error.Detail.Contains(user.Id, StringComparison.Ordinal);
        Assert.True(user.Exists || reply.Error!.ScimType == "uniqueness", reply.Error?.Detail);
    }

    private async Task DeleteAsync()
    {
        var user = Pick();
        var reply = await SendAsync(user, grain => grain.DeleteAsync(new DeleteResource(Origin, Deadline, null)));
        Assert.True(reply.Error is null or { Status: 404 }, reply.Error?.Detail);
        user.Exists = false;
        user.Deleted = true;
        _alive.Remove(user);
    }

    private Task ToggleAsync()
    {
        var user = Pick();
        user.Active = !user.Active;
        return PatchAsync(user, "active", user.Active);
    }

    private Task RenickAsync()
    {
        var user = Pick();
        user.NickName = $"n{_random.Next()}";
        return PatchAsync(user, "nickName", user.NickName);
    }

    private async Task PatchAsync(ModelUser user, string path, JsonNode value)
    {
        var request = new JsonObject
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:PatchOp"),
            ["Operations"] = new JsonArray(new JsonObject { ["op"] = "replace", ["path"] = path, ["value"] = value }),
        };
        var body = Encoding.UTF8.GetBytes(request.ToJsonString());
        var twice = _random.Next(10) == 0;
        var replies = await Task.WhenAll(Enumerable.Range(0, twice ? 2 : 1).Select(_ => SendAsync(user, grain => grain.PatchAsync(new PatchResource(Origin, Deadline, null, body)))));
        Assert.All(replies, reply => Assert.Null(reply.Error));
    }

    private async Task ReplaceAsync()
    {
        var user = Pick();
        user.NickName = $"r{_random.Next()}";
        var reply = await SendAsync(user, grain => grain.ReplaceAsync(new ReplaceResource(Origin, Deadline, null, Attributes(user))));
        Assert.Null(reply.Error);
    }

    private async Task ReadAsync()
    {
        var user = Pick();
        var reply = await SendAsync(user, grain => grain.ReadAsync());
        Assert.Null(reply.Error);
        LoadChecks.Equal(user, reply.Document);
    }

    private async Task ListAsync()
    {
        var user = Pick();
        var request = new ListRequest($"userName eq \"{user.UserName.ToUpperInvariant()}\"", 1, 10, "load");
        var list = await AnsweredAsync(() => grains.GetGrain<IDirectoryGrain>(user.Tenant).ListUsersAsync(request, default));
        LoadChecks.Equal(user, Assert.Single(list.Resources).Document);
    }

    private Task<ResourceReply> SendAsync(ModelUser user, Func<IUserGrain, Task<ResourceReply>> send) =>
        AnsweredAsync(() => send(grains.GetGrain<IUserGrain>(GrainKeys.Resource(user.Tenant, user.Id))));

    /// <summary>Sends until somebody answers: while a silo dies, calls are rejected or time out with an unknown outcome.</summary>
    private async Task<T> AnsweredAsync<T>(Func<Task<T>> send)
    {
        while (true)
        {
            try
            {
                var reply = await send();
                if (reply is not ResourceReply { Error.Status: 503 })
                {
                    Count = Count with { Answered = Count.Answered + 1 };
                    return reply;
                }
            }
            catch (Exception exception) when (exception is TimeoutException or OrleansException)
            {
                // Rejected, or no answer in time.
            }

            Count = Count with { Repeated = Count.Repeated + 1 };
        }
    }

    private ModelUser New(string userName)
    {
        var user = new ModelUser(tenants[_random.Next(tenants.Length)], Guid.CreateVersion7().ToString(), userName);
        Users.Add(user);
        return user;
    }

    private ModelUser Pick() => _alive[_random.Next(_alive.Count)];

    private static byte[] Attributes(ModelUser user)
    {
        var attributes = new JsonObject { ["userName"] = user.UserName, ["externalId"] = $"00u-{user.Id}", ["active"] = user.Active };
        if (user.NickName is not null)
        {
            attributes["nickName"] = user.NickName;
        }

        return Encoding.UTF8.GetBytes(attributes.ToJsonString());
    }
}
