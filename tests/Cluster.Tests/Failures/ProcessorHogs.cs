using System.Diagnostics;

namespace OrleansIdentity.Cluster.Tests.Failures;

/// <summary>Processes that take all the processor time they can get.</summary>
internal sealed class ProcessorHogs : IDisposable
{
    private readonly Process[] _hogs;

    public ProcessorHogs(int count) =>
        _hogs = [.. Enumerable.Range(0, count).Select(_ => Process.Start(new ProcessStartInfo("bash") { ArgumentList = { "-c", "while :; do :; done" } })!)];

    public void Dispose()
    {
        foreach (var hog in _hogs)
        {
            hog.Kill();
            hog.WaitForExit();
            hog.Dispose();
        }
    }
}
