using System.Globalization;
using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Directories;
using OrleansIdentity.OktaSimulator.Hooks;
using OrleansIdentity.OktaSimulator.Management;
using OrleansIdentity.OktaSimulator.Management.Faults;

namespace OrleansIdentity.OktaSimulator.Scripts;

/// <summary>A small language for what an admin does in an org: one line, one thing. People go by login or id, groups by name or id; the app is the first one.</summary>
public sealed class OrgScript(SimulatedOrg org)
{
    /// <summary>All there is.</summary>
    public const string Help = """
        user add LOGIN FIRST LAST          user set LOGIN ATTRIBUTE=VALUE ...
        user deactivate|reactivate|suspend|unsuspend|lock|delete LOGIN
        assign LOGIN                       unassign LOGIN
        group add NAME                     group join|leave NAME LOGIN
        group assign|unassign|push|delete NAME
        hook add URL SECRET                sets up and verifies an event hook with header Authorization
        hook preview                       hook deliver
        hooks pause|resume
        weather loss=0.1 duplicates=0.2 repeats=0.1 batch=5 delay=2 shuffle=true
        fault KIND [PATH] [TIMES]          such as: fault ServerError /users 3
        limit REQUESTS-A-MINUTE            skew SECONDS
        revoke                             all API tokens and access tokens
        keys rotate                        ID tokens are signed with a new key
        tokens thin|full                   what ID tokens say beside who it is
        random COUNT [SEED]                so many changes by chance
        show                               people and whether they are assigned
        """;

    private readonly OrgDirectory _directory = org.Directory;

    /// <summary>Runs a line.</summary>
    /// <returns>What came of it, or what is wrong with it.</returns>
    public async Task<string> RunAsync(string line, CancellationToken cancellationToken)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        try
        {
            return words switch
            {
                [] => "",
                ["help"] => Help,
                ["hook", "add", var url, .. var secret] => await AddHookAsync(new Uri(url), string.Join(' ', secret), cancellationToken),
                ["hook", "preview"] => $"answered {(await org.Hooks.PreviewAsync(org.Hooks.All[^1], cancellationToken))?.ToString(CultureInfo.InvariantCulture) ?? "not in time"}",
                ["hook", "deliver"] => await DeliverAsync(cancellationToken),
                ["user", .. var rest] => ChangeUser(rest),
                ["group", .. var rest] => ChangeGroup(rest),
                _ => ChangeOrg(words),
            };
        }
        catch (Exception exception) when (exception is UnknownIdException or FormatException or ArgumentException or InvalidOperationException or OverflowException)
        {
            return $"No: {exception.Message}";
        }
    }

    private string ChangeUser(string[] words)
    {
        switch (words)
        {
            case ["add", var login, var first, var last]:
                return $"created {_directory.CreateUser(login, first, last).Id}";
            case ["set", var login, .. var pairs]:
                _directory.UpdateProfile(User(login), new JsonObject(pairs.Select(Pair).Select(pair => KeyValuePair.Create(pair.Name, (JsonNode?)pair.Value))));
                return "done";
        }

        Action<string>? change = words.FirstOrDefault() switch
        {
            "deactivate" => _directory.Deactivate,
            "reactivate" => _directory.Reactivate,
            "suspend" => _directory.Suspend,
            "unsuspend" => _directory.Unsuspend,
            "lock" => _directory.LockOut,
            "delete" => _directory.Delete,
            _ => null,
        };
        if (change is null || words.Length != 2)
        {
            return Unknown;
        }

        change(User(words[1]));
        return "done";
    }

    private string ChangeGroup(string[] words)
    {
        Action? change = words switch
        {
            ["add", var name] => () => _directory.CreateGroup(name),
            ["join", var name, var login] => () => _directory.AddToGroup(Group(name), User(login)),
            ["leave", var name, var login] => () => _directory.RemoveFromGroup(Group(name), User(login)),
            ["assign", var name] => () => _directory.AssignGroup(App, Group(name)),
            ["unassign", var name] => () => _directory.UnassignGroup(App, Group(name)),
            ["push", var name] => () => _directory.PushGroup(App, Group(name)),
            ["delete", var name] => () => _directory.DeleteGroup(Group(name)),
            _ => null,
        };
        change?.Invoke();
        return change is null ? Unknown : "done";
    }

    private string ChangeOrg(string[] words)
    {
        switch (words)
        {
            case ["assign", var login]:
                _directory.Assign(App, User(login));
                return "done";
            case ["unassign", var login]:
                _directory.Unassign(App, User(login));
                return "done";
            case ["hooks", "pause"]:
                org.Hooks.IsPaused = true;
                return "done";
            case ["hooks", "resume"]:
                org.Hooks.Resume();
                return "done";
            case ["weather", .. var pairs]:
                org.Hooks.Weather = pairs.Select(Pair).Aggregate(org.Hooks.Weather, Change);
                return $"{org.Hooks.Weather}";
            case ["fault", var kind, .. var rest]:
                org.Faults.Add(new Fault(Enum.Parse<FaultKind>(kind, ignoreCase: true), rest.ElementAtOrDefault(0) ?? "", Number(rest.ElementAtOrDefault(1) ?? "1")));
                return "done";
            case ["limit", var limit]:
                org.Options.RateLimit = Number(limit);
                return "done";
            case ["skew", var seconds]:
                org.Options.ClockSkew = TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture));
                return "done";
            case ["revoke"]:
                org.Tokens.RevokeAll();
                return "done";
            case ["keys", "rotate"]:
                org.Provider.Keys().Rotate();
                org.Provider.Keys("/oauth2/default").Rotate();
                return "done";
            case ["tokens", "thin" or "full"]:
                org.Provider.ThinIdTokens = words[1] == "thin";
                return "done";
            case ["random", var count, .. var seed]:
                var changes = new ChangeGenerator(_directory, App, Number(seed.ElementAtOrDefault(0) ?? "1"));
                return string.Join('\n', Enumerable.Range(0, Number(count)).Select(_ => changes.Change()));
            case ["show"]:
                var assigned = _directory.AssignmentsOf(App).Select(one => one.UserId).ToHashSet(StringComparer.Ordinal);
                return string.Join('\n', _directory.Users.Select(user => $"{user.Id}  {user.Status,-13}  {(assigned.Contains(user.Id) ? "assigned" : "-"),-8}  {user.Login}"));
            default:
                return Unknown;
        }
    }

    private const string Unknown = "No: this is not understood; 'help' tells what is.";

    private string App => _directory.Apps.FirstOrDefault()?.Id ?? throw new InvalidOperationException("The org has no app.");

    private string User(string name) => _directory.FindUser(name)?.Id ?? throw new UnknownIdException(name);

    private string Group(string name) =>
        _directory.Groups.FirstOrDefault(group => group.Id == name || string.Equals(group.Name, name, StringComparison.OrdinalIgnoreCase))?.Id ?? throw new UnknownIdException(name);

    private async Task<string> AddHookAsync(Uri url, string secret, CancellationToken cancellationToken)
    {
        var hook = org.Hooks.Add(url, secret);
        return await org.Hooks.VerifyAsync(hook, cancellationToken) ? $"verified {hook.Id}" : $"No: {hook.Id} did not answer the challenge (E0000001).";
    }

    private async Task<string> DeliverAsync(CancellationToken cancellationToken)
    {
        var before = org.Hooks.Attempts.Count;
        await org.Hooks.DeliverAsync(cancellationToken);
        return $"{org.Hooks.Attempts.Count - before} attempts";
    }

    private static HookWeather Change(HookWeather weather, (string Name, string Value) set) => set.Name switch
    {
        "loss" => weather with { Loss = Part(set.Value) },
        "duplicates" => weather with { Duplicates = Part(set.Value) },
        "repeats" => weather with { Repeats = Part(set.Value) },
        "shuffle" => weather with { IsShuffled = bool.Parse(set.Value) },
        "batch" => weather with { Batch = Math.Max(1, Number(set.Value)) },
        "delay" => weather with { Delay = TimeSpan.FromSeconds(double.Parse(set.Value, CultureInfo.InvariantCulture)) },
        _ => throw new FormatException($"The weather has no '{set.Name}'."),
    };

    private static (string Name, string Value) Pair(string text) =>
        text.Split('=', 2) is [var name, var value] ? (name, value) : throw new FormatException($"'{text}' is not of the form NAME=VALUE.");

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static double Part(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
