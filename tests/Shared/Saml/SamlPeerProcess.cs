using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace OrleansIdentity.Tests.Shared;

/// <summary>SAML libraries of other makes, from npm: one process for all tests, one line for each question and each answer.</summary>
internal static class SamlPeerProcess
{
    private static readonly Lazy<Process> Peer = new(Start);
    private static readonly SemaphoreSlim Turn = new(1);

    public static async Task<PeerAnswer> AskAsync(string operation, DateTimeOffset now, object question)
    {
        var line = JsonSerializer.SerializeToNode(question)!.AsObject();
        line["op"] = operation;
        line["now"] = now.UtcDateTime.ToString("O");
        await Turn.WaitAsync();
        try
        {
            await Peer.Value.StandardInput.WriteLineAsync(line.ToJsonString());
            await Peer.Value.StandardInput.FlushAsync();
            var answer = await Peer.Value.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The peer ended. Does 'node tests/Peers/saml/server.js' start?");
            return new PeerAnswer(JsonDocument.Parse(answer).RootElement);
        }
        finally
        {
            Turn.Release();
        }
    }

    private static Process Start()
    {
        var folder = Path.Combine(Repository.Root, "tests", "Peers", "saml");
        Assert.True(Directory.Exists(Path.Combine(folder, "node_modules")), "The peer is not installed: run 'scripts/peers.sh saml', as test.sh does.");
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var process = Process.Start(new ProcessStartInfo("node", ["--no-deprecation", "server.js"])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = utf8,
            StandardOutputEncoding = utf8,
        })!;
        _ = process.StandardError.ReadToEndAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => process.Kill();
        return process;
    }
}
