using System.Diagnostics;
using System.Text;

namespace OrleansIdentity.Tests.Shared;

/// <summary>A server of another make, from npm, as a process of its own.</summary>
internal sealed class NodePeer : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _errors;

    private NodePeer(Process process, StringBuilder errors, string url) => (_process, _errors, Url) = (process, errors, url);

    /// <summary>Where it listens.</summary>
    public string Url { get; }

    /// <summary>Starts it and waits for the line by which it says where it listens.</summary>
    /// <param name="name">Its folder under tests/Peers.</param>
    /// <param name="settings">Its environment.</param>
    public static async Task<NodePeer> StartAsync(string name, params (string Name, string Value)[] settings)
    {
        var folder = Path.Combine(Repository.Root, "tests", "Peers", name);
        Assert.True(Directory.Exists(Path.Combine(folder, "node_modules")), $"The peer is not installed: run 'scripts/peers.sh {name}', as test.sh does.");
        var start = new ProcessStartInfo("node", "server.js") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (variable, value) in settings)
        {
            start.Environment[variable] = value;
        }

        var process = Process.Start(start)!;
        var errors = new StringBuilder();
        process.ErrorDataReceived += (_, line) =>
        {
            lock (errors)
            {
                errors.AppendLine(line.Data);
            }
        };
        process.BeginErrorReadLine();
        if (await process.StandardOutput.ReadLineAsync() is { } url)
        {
            return new NodePeer(process, errors, url);
        }

        await process.WaitForExitAsync();
        throw new InvalidOperationException($"The peer ended with {process.ExitCode}: {errors}");
    }

    public override string ToString()
    {
        lock (_errors)
        {
            return _errors.ToString();
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
