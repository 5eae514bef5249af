using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Bench.Servers;

/// <summary>A server in a process of its own, so that its processor time can be told from the bench's.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, Uri url)
    {
        _process = process;
        Url = url;
    }

    public Uri Url { get; }

    /// <summary>The processor time that it has taken so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The memory that it has, in bytes.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts a program and waits until it listens.</summary>
    /// <param name="program">Path of the assembly.</param>
    /// <param name="arguments">Makes its arguments from the address that it shall listen at.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<ServerProcess> StartAsync(string program, Func<string, string[]> arguments, CancellationToken cancellationToken)
    {
        var url = new Uri($"http://127.0.0.1:{LoopbackPorts.Free()}");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in arguments(url.ToString().TrimEnd('/')).Prepend(program))
        {
            start.ArgumentList.Add(argument);
        }

        var server = new ServerProcess(Process.Start(start)!, url);
        server._process.OutputDataReceived += (_, _) => { };
        server._process.BeginOutputReadLine();
        while (!server._process.HasExited)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, url.Port, cancellationToken);
                return server;
            }
            catch (SocketException)
            {
                await Task.Yield();
            }
        }

        throw new InvalidOperationException($"{program} ended with {server._process.ExitCode} before it listened.");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
