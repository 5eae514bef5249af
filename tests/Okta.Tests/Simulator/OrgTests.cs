using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using OrleansIdentity.Okta.Tests.Support;
using OrleansIdentity.OktaSimulator.Scripts;

namespace OrleansIdentity.Okta.Tests.Simulator;

/// <summary>The simulated org behaves as the facts say, so that what is tested against it means something.</summary>
public class OrgTests
{
    [Fact]
    public async Task Deactivate_AssignedUser_EndsAssignmentWithItsEvents()
    {
        await using var harness = await Harness.StartAsync();
        var user = harness.Assign(1)[0];
        var before = harness.Org.Directory.Log.Count;

        harness.Org.Directory.Deactivate(user.Id);

        Assert.Empty(harness.Org.Directory.AssignmentsOf(harness.App.Id));
        Assert.Equal(["user.lifecycle.deactivate", "application.user_membership.remove"], harness.Org.Directory.Log.Skip(before).Select(one => one.Type));
    }

    [Fact]
    public async Task LeaveGroup_AssignedByNameToo_KeepsTheAssignment()
    {
        await using var harness = await Harness.StartAsync();
        var directory = harness.Org.Directory;
        var (user, group) = (directory.CreateUser("ann@acme.example", "Ann", "Lee"), directory.CreateGroup("Sales"));
        directory.AddToGroup(group.Id, user.Id);

        directory.AssignGroup(harness.App.Id, group.Id);
        Assert.Equal("GROUP", Assert.Single(directory.AssignmentsOf(harness.App.Id)).Scope);
        directory.Assign(harness.App.Id, user.Id);
        directory.RemoveFromGroup(group.Id, user.Id);
        Assert.Equal("USER", Assert.Single(directory.AssignmentsOf(harness.App.Id)).Scope);
        directory.Unassign(harness.App.Id, user.Id);
        Assert.Empty(directory.AssignmentsOf(harness.App.Id));
    }

    // search is eventually consistent, filter and single reads are not; DEPROVISIONED is left out unless asked for.
    [Fact]
    public async Task Users_SearchAndFilter_DifferInWhatTheyKnow()
    {
        await using var harness = await Harness.StartAsync(org => org with { IndexLag = TimeSpan.FromSeconds(30) });
        var user = harness.Assign(1)[0];
        harness.Time.Advance(TimeSpan.FromMinutes(1));
        harness.Org.Directory.Deactivate(user.Id);

        Assert.Equal(1, await CountAsync("search=status eq \"ACTIVE\""));
        Assert.Equal(0, await CountAsync("filter=status eq \"ACTIVE\""));
        Assert.Equal(1, await CountAsync("filter=status eq \"DEPROVISIONED\""));
        Assert.Equal(0, await CountAsync(""));
        harness.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, await CountAsync("search=status eq \"ACTIVE\""));

        async Task<int> CountAsync(string query)
        {
            using var answer = await AskAsync(harness, $"/api/v1/users?{query}");
            return (await answer.Content.ReadFromJsonAsync<JsonArray>())!.Count;
        }
    }

    [Theory]
    [InlineData("/api/v1/apps/0oanone", HttpStatusCode.NotFound, "E0000007")]
    [InlineData("/api/v1/nothing/like/it", HttpStatusCode.MethodNotAllowed, "E0000022")]
    [InlineData("/api/v1/users?limit=201", HttpStatusCode.BadRequest, "E0000001")]
    [InlineData("/api/v1/users?after=bogus!", HttpStatusCode.BadRequest, "E0000001")]
    [InlineData("/api/v1/users?search=nonsense", HttpStatusCode.BadRequest, "E0000031")]
    public async Task Api_WrongRequest_AnswersAsOktaDoes(string path, HttpStatusCode status, string code)
    {
        await using var harness = await Harness.StartAsync();

        using var answer = await AskAsync(harness, path);

        var body = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal((status, code), (answer.StatusCode, (string?)body["errorCode"]));
        Assert.Equal(["errorCode", "errorSummary", "errorLink", "errorId", "errorCauses"], body.Select(member => member.Key));
        Assert.True(answer.Headers.Contains("X-Rate-Limit-Reset"));
    }

    // Okta sends links as header lines of their own.
    [Fact]
    public async Task Api_Page_HasItsLinksOnSeveralLines()
    {
        await using var harness = await Harness.StartAsync();
        harness.Assign(3);

        using var answer = await AskAsync(harness, $"/api/v1/apps/{harness.App.Id}/users?limit=2");

        Assert.Equal(2, answer.Headers.GetValues("Link").Count());
    }

    [Fact]
    public async Task Control_Script_DrivesTheOrg()
    {
        await using var harness = await Harness.StartAsync();
        using var http = new HttpClient { BaseAddress = harness.Org.Url };

        using var answer = await http.PostAsync("/sim/script", new StringContent(
            "user add ann@acme.example Ann Lee\nassign ann@acme.example\nuser set ann@acme.example city=Berlin\ngroup add Sales\ngroup join sales ann@acme.example\nuser fly ann@acme.example\nassign bob", Encoding.UTF8));

        var said = (await answer.Content.ReadFromJsonAsync<JsonArray>())!.Select(line => (string)line!).ToArray();
        Assert.All(said[1..5], line => Assert.Equal("done", line));
        Assert.All(said[5..], line => Assert.StartsWith("No:", line, StringComparison.Ordinal));
        var ann = harness.Org.Directory.FindUser("ANN@acme.example")!;
        Assert.Equal("Berlin", ann.Text("city"));
        Assert.Equal(ann.Id, Assert.Single(harness.Org.Directory.AssignmentsOf(harness.App.Id)).UserId);
        Assert.Empty(harness.Org.Requests.All);
    }

    [Fact]
    public async Task Change_SameSeed_MakesTheSameChanges()
    {
        await using var one = await Harness.StartAsync();
        await using var other = await Harness.StartAsync();

        Assert.Equal(Run(one), Run(other));

        static string[] Run(Harness harness)
        {
            harness.Assign(10);
            var changes = new ChangeGenerator(harness.Org.Directory, harness.App.Id, 7);
            return [.. Enumerable.Range(0, 100).Select(_ => changes.Change())];
        }
    }

    private static Task<HttpResponseMessage> AskAsync(Harness harness, string path)
    {
        var http = new HttpClient { BaseAddress = harness.Org.Url };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"SSWS {harness.ApiToken}");
        return http.GetAsync(path);
    }
}
