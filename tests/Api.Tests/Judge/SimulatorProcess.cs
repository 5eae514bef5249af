using System.Diagnostics;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Api.Tests.Judge;

/// <summary>The simulator as a person starts it.</summary>
internal sealed record SimulatorProcess(int ExitCode, string Output, string Errors)
{
    private static readonly string Program = Path.Combine(
        Repository.Root, "tests", "OktaSimulator", "bin", Repository.Configuration, "net10.0", "OrleansIdentity.OktaSimulator.dll");

    /// <summary>Runs it to its end.</summary>
    /// <param name="folder">The working directory.</param>
    /// <param name="token">The token, as environment variable; null for none.</param>
    /// <param name="arguments">The command line.</param>
    public static async Task<SimulatorProcess> RunAsync(string folder, string? token, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        start.ArgumentList.Add(Program);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["OKTASIM_TOKEN"] = token;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new SimulatorProcess(process.ExitCode, await output, await errors);
    }
}
