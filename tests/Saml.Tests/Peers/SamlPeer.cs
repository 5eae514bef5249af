using System.Diagnostics;
using System.Text;
using System.Text.Json;
using OrleansIdentity.Saml.Parties;
using OrleansIdentity.Saml.Tests.Support;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Saml.Tests.Peers;

/// <summary>SAML libraries of other makes, from npm: one process for all tests, one line for each question and each answer.</summary>
internal static class SamlPeer
{
    private static readonly Lazy<Process> Peer = new(Start);
    private static readonly SemaphoreSlim Turn = new(1);

    /// <summary>What node-saml, set to the same, makes of a case.</summary>
    public static Task<PeerAnswer> NodeSamlAsync(SamlCase @case) => AskAsync("node-saml", @case.Now, new
    {
        response = @case.Response,
        sp = Sp(@case.Sp),
        idp = new { entityId = @case.IdpEntityId, certificates = @case.Certificates.LiveAt(@case.Now).Select(certificate => certificate.Base64) },
        policy = new
        {
            assertionSigned = @case.Policy.Signed is SignedParts.Assertion or SignedParts.Both,
            responseSigned = @case.Policy.Signed is SignedParts.Response or SignedParts.Both,
            skewMs = @case.Policy.ClockSkew.TotalMilliseconds,
            idpInitiated = @case.Policy.AllowIdpInitiated,
        },
        request = @case.Request is { } request ? new { id = request.Id, issuedAt = request.IssuedAt } : null,
    });

    /// <summary>The service provider as the peer wants it.</summary>
    public static object Sp(SamlServiceProvider sp) => new { entityId = sp.EntityId, acs = sp.AssertionConsumerService };

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
