using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using OrleansIdentity.Bench.Calls;
using OrleansIdentity.Bench.Servers;

namespace OrleansIdentity.Bench;

/// <summary>How groups are measured.</summary>
/// <param name="Sizes">How many members each group has.</param>
/// <param name="Times">How often each call is sent; the median counts.</param>
internal sealed record GroupSizesOptions(int[] Sizes, int Times);

/// <summary>Measures the calls of group push on groups of different sizes: what a change costs must not depend on the size.</summary>
internal sealed class GroupSizes(HttpClient client, ScimServer server, GroupSizesOptions options)
{
    private const int Spare = 1_000;

    private readonly Dictionary<string, Dictionary<int, string>> _rows = [];

    private string Groups => $"{server.BasePath}/Groups";

    public static async Task<int> RunAsync(GroupSizesOptions options, CancellationToken cancellationToken)
    {
        using var product = await Product.StartAsync(cancellationToken);
        var users = options.Sizes.Max() + Spare;
        var ids = await Users.FillAsync(product.Scim, users, connections: 32);
        using var client = new HttpClient { BaseAddress = product.Process.Url };
        client.DefaultRequestHeaders.Authorization = new("Bearer", product.Scim.Token);
        var sizes = new GroupSizes(client, product.Scim, options);
        foreach (var size in options.Sizes)
        {
            Console.WriteLine($"A group of {size} members.");
            await sizes.MeasureAsync(size, ids);
        }

        sizes.Write();
        return 0;
    }

    private async Task MeasureAsync(int size, string[] users)
    {
        var (members, spare) = (users[..size], users[^Spare..]);
        var created = JsonNode.Parse(await SendAsync(HttpMethod.Post, Groups, Body($"group {size}", [])))!;
        var group = $"{Groups}/{created["id"]!.GetValue<string>()}";
        await TimeAsync("PUT of all members into an empty group", size, 1, _ => (HttpMethod.Put, group, Body($"group {size}", members)));
        await TimeAsync("PATCH, add one", size, options.Times, n => (HttpMethod.Patch, group, Patch(Add(spare[n]))));
        await TimeAsync("PATCH, remove one", size, options.Times, n => (HttpMethod.Patch, group, Patch(Remove(spare[n]))));

        // 1,000 operations, all of which change something: 500 join and 500 leave, and the next time the other way round.
        await TimeAsync("PATCH, 1,000 operations", size, options.Times, n => (HttpMethod.Patch, group, Patch(
            [.. Turn(spare[..500], n % 2 == 0), .. Turn(spare[500..], n % 2 != 0)])));
        await TimeAsync("PATCH, replace by all members", size, 5, _ => (HttpMethod.Patch, group, Patch(
            new JsonObject { ["op"] = "replace", ["path"] = "members", ["value"] = Values(members) })));
        await TimeAsync("GET without members", size, options.Times, _ => (HttpMethod.Get, $"{group}?excludedAttributes=members", null));
        await TimeAsync("GET with members", size, 5, _ => (HttpMethod.Get, group, null));
        await TimeAsync("GET of one member", size, options.Times, n => (HttpMethod.Get, $"{server.BasePath}/Users/{members[n]}", null));
        await TimeAsync("DELETE", size, 1, _ => (HttpMethod.Delete, group, null));
    }

    private async Task TimeAsync(string name, int size, int times, Func<int, (HttpMethod Method, string Path, JsonObject? Body)> call)
    {
        var took = new List<double>();
        for (var n = 0; n < times; n++)
        {
            var (method, path, body) = call(n);
            var bytes = body is null ? null : Encoding.UTF8.GetBytes(body.ToJsonString());
            var started = Stopwatch.GetTimestamp();
            await SendAsync(method, path, bytes);
            took.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        took.Sort();
        if (!_rows.TryGetValue(name, out var row))
        {
            _rows[name] = row = [];
        }

        row[size] = took.Count == 1
            ? string.Create(CultureInfo.InvariantCulture, $"{took[0]:0.0}")
            : string.Create(CultureInfo.InvariantCulture, $"{took[took.Count / 2]:0.0} / {took[^1]:0.0}");
    }

    private Task<string> SendAsync(HttpMethod method, string path, JsonObject body) => SendAsync(method, path, Encoding.UTF8.GetBytes(body.ToJsonString()));

    private async Task<string> SendAsync(HttpMethod method, string path, byte[]? body)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/scim+json");
        }

        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? text : throw new InvalidOperationException($"{method} {path} was answered {(int)response.StatusCode}: {text}");
    }

    private void Write() => Console.WriteLine(string.Join(Environment.NewLine,
    [
        "",
        $"One connection, {options.Times} times each where not said otherwise; median / worst, in milliseconds.",
        "",
        $"| call | {string.Join(" | ", options.Sizes.Select(size => string.Create(CultureInfo.InvariantCulture, $"{size:n0} members")))} |",
        $"|---|{string.Concat(options.Sizes.Select(_ => "---|"))}",
        .. _rows.Select(row => $"| {row.Key} | {string.Join(" | ", options.Sizes.Select(size => row.Value[size]))} |"),
    ]));

    private static IEnumerable<JsonObject> Turn(string[] ids, bool joins) => ids.Select(id => joins ? Add(id) : Remove(id));

    private static JsonObject Body(string name, string[] members) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:Group"),
        ["displayName"] = name,
        ["members"] = Values(members),
    };

    private static JsonObject Add(string id) => new() { ["op"] = "add", ["path"] = "members", ["value"] = Values([id]) };

    private static JsonObject Remove(string id) => new() { ["op"] = "remove", ["path"] = $"members[value eq \"{id}\"]" };

    private static JsonArray Values(string[] ids) => new([.. ids.Select(id => new JsonObject { ["value"] = id })]);

    private static JsonObject Patch(params JsonObject[] operations) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:PatchOp"),
        ["Operations"] = new JsonArray([.. operations]),
    };
}
