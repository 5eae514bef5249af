using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Kill;

/// <summary>Writes to its own users one request after the other, so that it always knows which outcome is unknown.</summary>
internal sealed class MixedWriter(int number, Random random)
{
    public List<UserModel> Users { get; } = [];

    /// <summary>Writes until the product stops answering.</summary>
    public async Task WriteAsync(ScimClient scim, Action acknowledged)
    {
        try
        {
            while (true)
            {
                await StepAsync(scim);
                acknowledged();
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            // Killed: what is in flight has an unknown outcome.
        }
    }

    private Task StepAsync(ScimClient scim)
    {
        var alive = Users.Where(user => user.Acknowledged is not null).ToList();
        if (alive.Count < 3 || random.Next(4) == 0)
        {
            return CreateAsync(scim);
        }

        var user = alive[random.Next(alive.Count)];
        var state = user.Acknowledged!;
        var nickName = $"n{random.Next(1_000_000)}";
        return random.Next(10) switch
        {
            0 => ChangeAsync(scim, user, null, HttpMethod.Delete, null),
            < 4 => ChangeAsync(scim, user, state with { Active = !state.Active }, HttpMethod.Patch,
                ScimClient.PatchOp(ScimClient.Replace(null, new JsonObject { ["active"] = !state.Active }))),
            < 7 => ChangeAsync(scim, user, state with { NickName = nickName }, HttpMethod.Patch, ScimClient.PatchOp(ScimClient.Replace("nickName", nickName))),
            _ => ChangeAsync(scim, user, state with { NickName = nickName }, HttpMethod.Put, ScimClient.User(
                state.UserName, ("externalId", state.ExternalId), ("active", state.Active), ("nickName", nickName))),
        };
    }

    private async Task CreateAsync(ScimClient scim)
    {
        var name = $"w{number}-{Users.Count}@kill.test";
        var user = new UserModel { UserName = name };
        Users.Add(user);
        Attempt(user, new UserModel.State(name, $"00u-{name}", true, ""));
        var answer = await scim.PostAsync("Users", ScimClient.User(name, ("externalId", $"00u-{name}"), ("active", true)));
        Assert.Equal(201, answer.Status);
        user.Id = answer.Body!["id"]!.GetValue<string>();
        Settle(user);
    }

    private static async Task ChangeAsync(ScimClient scim, UserModel user, UserModel.State? next, HttpMethod method, JsonObject? body)
    {
        Attempt(user, next);
        var answer = await scim.SendAsync(method, $"Users/{user.Id}", body?.ToJsonString());
        Assert.Equal(next is null ? 204 : 200, answer.Status);
        Settle(user);
    }

    private static void Attempt(UserModel user, UserModel.State? next)
    {
        user.Attempted = next;
        user.InFlight = true;
    }

    private static void Settle(UserModel user)
    {
        user.Acknowledged = user.Attempted;
        user.InFlight = false;
    }
}
