using System.Diagnostics;
using System.Text;
using OrleansIdentity.OktaSimulator.Scim;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Api.Tests.Judge;

/// <summary>A SCIM server of another make, from npm, as a process of its own.</summary>
internal sealed class ScimmyPeer : IDisposable
{
    private const string Token = "a-token-of-the-peer";
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Peers", "scimmy");

    private readonly Process _process;
    private readonly StringBuilder _errors;

    private ScimmyPeer(Process process, StringBuilder errors, string url)
    {
        _process = process;
        _errors = errors;
        Target = new ScimTarget(url, Token);
    }

    public ScimTarget Target { get; }

    /// <summary>Starts it and waits for the line by which it says where it listens.</summary>
    public static async Task<ScimmyPeer> StartAsync()
    {
        Assert.True(Directory.Exists(Path.Combine(Folder, "node_modules")), "The peer is not installed: run 'npm ci' in tests/Peers/scimmy, as test.sh does.");
        var start = new ProcessStartInfo("node", "server.js") { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SCIM_TOKEN"] = Token;
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
            return new ScimmyPeer(process, errors, url);
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
