using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Cluster.Tests.Topology;

/// <summary>The cluster as <c>scripts/cluster.sh</c> starts it: real processes, on ports and in a folder of their own.</summary>
public sealed class Cluster : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("orleansidentity-cluster-").FullName;
    private readonly int _port = FreePorts();

    /// <summary>What <c>demo.json</c> says.</summary>
    public JsonObject Demo { get; private set; } = [];

    /// <summary>The base addresses of the two APIs.</summary>
    public Uri[] Apis => [new($"http://127.0.0.1:{_port + 1}"), new($"http://127.0.0.1:{_port + 2}")];

    public async Task InitializeAsync()
    {
        await RunAsync("up");
        Demo = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "demo.json")))!.AsObject();
    }

    public async Task DisposeAsync()
    {
        await RunAsync("down");
        Directory.Delete(_folder, recursive: true);
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
        var file = Path.Combine(_folder, "script.log");
        var start = new ProcessStartInfo("bash") { ArgumentList = { "-c", "\"$0\" \"${@:2}\" >\"$1\" 2>&1", Path.Combine(Repository.Root, "scripts", "cluster.sh"), file } };
        foreach (var word in command)
        {
            start.ArgumentList.Add(word);
        }

        start.Environment["CLUSTER_DIR"] = _folder;
        start.Environment["CLUSTER_PORT"] = _port.ToString(CultureInfo.InvariantCulture);
        start.Environment["CLUSTER_BUILD"] = "no";
        start.Environment["CLUSTER_CONFIGURATION"] = Repository.Configuration;
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        return (process.ExitCode, await File.ReadAllTextAsync(file));
    }

    /// <summary>The process that a node is.</summary>
    public Task<string> ProcessAsync(string node) => File.ReadAllTextAsync(Path.Combine(_folder, $"{node}.pid"));

    /// <summary>The ends of all nodes' logs.</summary>
    public string Logs() => string.Join('\n', Directory.GetFiles(_folder, "*.log").Order().SelectMany(file =>
        File.ReadLines(file).TakeLast(30).Prepend($"---- {Path.GetFileName(file)}")));

    // Fifty ports in a row, below those that the system gives out by itself.
    private static int FreePorts() => Enumerable.Range(0, 200).Select(number => 10_000 + (number * 100)).First(from => Enumerable.Range(from, 50).All(IsFree));

    private static bool IsFree(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
