using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace OrleansIdentity.Tests.Shared;

/// <summary>The cluster as <c>scripts/cluster.sh</c> starts it: real processes, on ports and in a folder of their own.</summary>
public sealed class ClusterScript : IAsyncDisposable
{
    private readonly int _port = LoopbackPorts.Free(count: 50);
    private readonly (string Name, string Value)[] _environment;

    private ClusterScript((string Name, string Value)[] environment) => _environment = environment;

    /// <summary>Where its nodes keep data, logs and keys.</summary>
    public string Folder { get; } = System.IO.Directory.CreateTempSubdirectory("orleansidentity-cluster-").FullName;

    /// <summary>What <c>demo.json</c> says.</summary>
    public JsonObject Demo { get; private set; } = [];

    /// <summary>The base addresses of the two APIs.</summary>
    public Uri[] Apis => [new($"http://127.0.0.1:{_port + 1}"), new($"http://127.0.0.1:{_port + 2}")];

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="environment">Settings of the script, and of all nodes.</param>
    public static async Task<ClusterScript> UpAsync(params (string Name, string Value)[] environment)
    {
        var cluster = new ClusterScript(environment);
        await cluster.RunAsync("up");
        cluster.Demo = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(cluster.Folder, "demo.json")))!.AsObject();
        return cluster;
    }

    /// <summary>Runs a command of the script, which must succeed.</summary>
    public async Task<string> RunAsync(params string[] command)
    {
        var (exitCode, output) = await TryAsync(command);
        return exitCode == 0 ? output : throw new InvalidOperationException($"cluster.sh {string.Join(' ', command)} ended with {exitCode}:\n{output}\n{Logs()}");
    }

    /// <summary>Runs a command of the script.</summary>
    public async Task<(int ExitCode, string Output)> TryAsync(params string[] command)
    {
        // The nodes outlive the script and would keep its pipes open: it writes to a file.
        var file = Path.Combine(Folder, "script.log");
        var script = Path.Combine(Repository.Root, "scripts", "cluster.sh");
        var start = new ProcessStartInfo("bash") { ArgumentList = { "-c", "\"$0\" \"${@:2}\" >\"$1\" 2>&1", script, file } };
        foreach (var word in command)
        {
            start.ArgumentList.Add(word);
        }

        start.Environment["CLUSTER_DIR"] = Folder;
        start.Environment["CLUSTER_PORT"] = _port.ToString(CultureInfo.InvariantCulture);
        start.Environment["CLUSTER_BUILD"] = "no";
        start.Environment["CLUSTER_DRAIN"] = "3";
        start.Environment["CLUSTER_CONFIGURATION"] = Repository.Configuration;
        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        return (process.ExitCode, await File.ReadAllTextAsync(file));
    }

    /// <summary>The process that a node is.</summary>
    public Task<string> ProcessAsync(string node) => File.ReadAllTextAsync(Path.Combine(Folder, $"{node}.pid"));

    /// <summary>The ends of all nodes' logs.</summary>
    public string Logs() => string.Join('\n', System.IO.Directory.GetFiles(Folder, "*.log").Order().SelectMany(file =>
        File.ReadLines(file).TakeLast(30).Prepend($"---- {Path.GetFileName(file)}")));

    public async ValueTask DisposeAsync()
    {
        await RunAsync("down");
        System.IO.Directory.Delete(Folder, recursive: true);
    }
}
