using System.Globalization;
using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Scim;

namespace OrleansIdentity.OktaSimulator.Conformance;

/// <summary>What a check speaks to the server through. It remembers what was created, so that all of it can be deleted.</summary>
internal sealed class ScimProbe(
    OktaScimClient client, ServerOffer offer, Uri baseUrl, string prefix, string password, CancellationToken cancellationToken)
{
    private readonly Dictionary<string, Task<Subject[]>> _shared = [];
    private readonly List<string> _created = [];
    private readonly List<string> _kept = [];
    private readonly List<ScimAnswer> _answers = [];
    private int _names;

    public ServerOffer Offer => offer;

    public Uri BaseUrl => baseUrl;

    /// <summary>The start of every name that the run gives.</summary>
    public string Prefix => prefix;

    /// <summary>A password, to be looked for in answers. It is not shown.</summary>
    public string Password => password;

    /// <summary>What was answered since the last cleaning.</summary>
    public IReadOnlyList<ScimAnswer> Answers => _answers;

    /// <summary>A name that nothing else has.</summary>
    public string NewName() => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{++_names}");

    /// <summary>The body of a user that nobody has created yet.</summary>
    public JsonObject NewUser(Action<JsonObject>? change = null) => UserTemplate.Create(offer, NewName(), change);

    /// <summary>Creates a user, with what is changed before it is sent.</summary>
    /// <exception cref="SetUpFailedException">It was not created.</exception>
    public Task<Subject> UserAsync(Action<JsonObject>? change = null) => CreateAsync("Users", NewUser(change));

    /// <summary>Creates a group with these members.</summary>
    /// <exception cref="SetUpFailedException">It was not created.</exception>
    public Task<Subject> GroupAsync(params Subject[] members) => CreateAsync("Groups", NewGroup(members));

    /// <summary>The body of a group that nobody has created yet.</summary>
    public JsonObject NewGroup(params Subject[] members) => new()
    {
        ["schemas"] = new JsonArray(ScimUrns.Group),
        ["displayName"] = NewName(),
        ["members"] = new JsonArray([.. members.Select(member => new JsonObject { ["value"] = member.Id })]),
    };

    /// <summary>What several checks look at and none changes: made once, and kept until the end.</summary>
    public Task<Subject[]> SharedAsync(string name, Func<Task<Subject[]>> make)
    {
        if (!_shared.TryGetValue(name, out var made))
        {
            _shared[name] = made = MakeAsync();
        }

        return made;

        async Task<Subject[]> MakeAsync()
        {
            var before = _created.Count;
            try
            {
                return await make();
            }
            finally
            {
                _kept.AddRange(_created[before..]);
                _created.RemoveRange(before, _created.Count - before);
            }
        }
    }

    public Task<ScimAnswer> GetAsync(string path, params (string Name, string? Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<ScimAnswer> PostAsync(string path, JsonObject body, params (string Name, string? Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, body, headers);

    public Task<ScimAnswer> PutAsync(string path, JsonObject body, params (string Name, string? Value)[] headers) =>
        SendAsync(HttpMethod.Put, path, body, headers);

    public Task<ScimAnswer> DeleteAsync(string path, params (string Name, string? Value)[] headers) => SendAsync(HttpMethod.Delete, path, null, headers);

    /// <summary>PATCH with these operations, as JSON.</summary>
    public Task<ScimAnswer> PatchAsync(string path, string operations, params (string Name, string? Value)[] headers) =>
        SendAsync(HttpMethod.Patch, path, new JsonObject { ["schemas"] = new JsonArray(ScimUrns.PatchOp),
            ["Operations"] = JsonNode.Parse(operations) }, headers);

    /// <summary>The users that a filter finds.</summary>
    public Task<ScimAnswer> FindAsync(string filter, string more = "") => GetAsync($"Users?filter={Uri.EscapeDataString(filter)}{more}");

    public Task<ScimAnswer> SendAsync(HttpMethod method, string path, JsonObject? body, params (string Name, string? Value)[] headers) =>
        SendAsync(new ScimRequest(CallKind.Read, method, path, body) { Headers = headers });

    /// <summary>Sends any request.</summary>
    public async Task<ScimAnswer> SendAsync(ScimRequest request)
    {
        var answer = await client.SendAsync(request, cancellationToken);

        // A server may close a connection that is kept alive at any time; what changes nothing is asked again then (RFC 9110 §9.2.2).
        if (answer.Status == 0 && request.Method == HttpMethod.Get)
        {
            answer = await client.SendAsync(request, cancellationToken);
        }

        _answers.Add(answer);
        _created.AddRange(CreatedBy(answer));
        return answer;
    }

    /// <summary>Deletes what the last check created; at the end, everything.</summary>
    /// <returns>The paths of what could not be deleted.</returns>
    public async Task<IReadOnlyList<string>> CleanAsync(bool isOver, CancellationToken end)
    {
        var leftBehind = new List<string>();
        string[] paths = isOver ? [.. _kept, .. _created] : [.. _created];

        // The last ones first: groups go before their members.
        foreach (var path in paths.Reverse())
        {
            var answer = await DeleteAgainAsync(path, end);
            if (answer.Status is not (200 or 204 or 404))
            {
                leftBehind.Add(path);
            }
        }

        _created.Clear();
        _answers.Clear();
        return leftBehind;
    }

    // As with what changes nothing: to delete twice is to delete.
    private async Task<ScimAnswer> DeleteAgainAsync(string path, CancellationToken end)
    {
        var request = new ScimRequest(CallKind.Delete, HttpMethod.Delete, path);
        return await client.SendAsync(request, end) is { Status: not 0 } answer ? answer : await client.SendAsync(request, end);
    }

    private async Task<Subject> CreateAsync(string endpoint, JsonObject body)
    {
        var answer = await PostAsync(endpoint, body);
        return answer is { IsSuccess: true, Id: { } id }
            ? new Subject($"{endpoint}/{Uri.EscapeDataString(id)}", id, body,
                answer.Json!) { Name = (body["userName"] ?? body["displayName"])!.ToString().Split('@')[0] }
            : throw new SetUpFailedException(answer, $"could not create one of {endpoint}");
    }

    private static IEnumerable<string> CreatedBy(ScimAnswer answer)
    {
        if (answer.Request.Method != HttpMethod.Post || !answer.IsSuccess)
        {
            return [];
        }

        return answer.Request.Path.Split('?')[0] switch
        {
            "Bulk" => (answer.Json.At("Operations") as JsonArray ?? [])
                .Where(operation => operation.Text("method") == "POST" && operation.Text("status")?.StartsWith('2') == true)
                .Select(operation => operation.Text("location"))
                .OfType<string>()
                .Select(location => string.Join('/', location.Split('/')[^2..])),
            var endpoint and ("Users" or "Groups") when answer.Id is { } id => [$"{endpoint}/{Uri.EscapeDataString(id)}"],
            _ => [],
        };
    }
}
