using System.Diagnostics;

namespace OrleansIdentity.Tests.Shared;

/// <summary>A real storage emulator on loopback, started once for all tests of a process and stopped with it. Its data is in memory.</summary>
public sealed class Azurite
{
    private const string Account = "devstoreaccount1";
    private const string Ready = "is successfully listening at ";
    private const int Services = 3;
    private const int Starts = 3;

    // The key that every emulator has.
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly Lazy<Task<Azurite>> Shared = new(StartAsync);

    private Process? _process;

    private Azurite()
    {
    }

    /// <summary>How to reach it.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>The emulator of this process; the first call starts it.</summary>
    public static Task<Azurite> GetAsync() => Shared.Value;

    private static async Task<Azurite> StartAsync()
    {
        var azurite = new Azurite();
        var script = Path.Combine(Repository.Root, "tests", "Peers", "azurite", "node_modules", "azurite", "dist", "src", "azurite.js");
        if (!File.Exists(script))
        {
            throw new InvalidOperationException("Azurite is not installed: run ./test.sh, or 'npm ci' in tests/Peers/azurite.");
        }

        // A port that was free may be taken before the emulator binds it; then it ends, and is started with others.
        for (var start = 1; !await azurite.TryStartAsync(script, mayFail: start < Starts); start++)
        {
        }

        AppDomain.CurrentDomain.ProcessExit += (_, _) => azurite._process!.Kill(entireProcessTree: true);
        return azurite;
    }

    private async Task<bool> TryStartAsync(string script, bool mayFail)
    {
        var (blobs, queues, tables) = (LoopbackPorts.Free(), LoopbackPorts.Free(), LoopbackPorts.Free());
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[]
        {
            script, "--silent", "--inMemoryPersistence", "--disableTelemetry", "--blobHost", "127.0.0.1", "--blobPort", $"{blobs}",
            "--queueHost", "127.0.0.1", "--queuePort", $"{queues}", "--tableHost", "127.0.0.1", "--tablePort", $"{tables}",
        })
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        var errors = _process.StandardError.ReadToEndAsync();
        for (var ready = 0; ready < Services;)
        {
            if (await _process.StandardOutput.ReadLineAsync() is not { } line)
            {
                return mayFail ? false : throw new InvalidOperationException($"Azurite ended at its start: {await errors}");
            }

            ready += line.Contains(Ready, StringComparison.Ordinal) ? 1 : 0;
        }

        _ = _process.StandardOutput.ReadToEndAsync();
        ConnectionString = $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};"
            + $"BlobEndpoint=http://127.0.0.1:{blobs}/{Account};TableEndpoint=http://127.0.0.1:{tables}/{Account};";
        return true;
    }
}
