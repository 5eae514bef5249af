using System.CommandLine;
using OrleansIdentity.OktaSimulator.Conformance;
using OrleansIdentity.OktaSimulator.Reporting;
using OrleansIdentity.OktaSimulator.Scenarios;
using OrleansIdentity.OktaSimulator.Scim;

namespace OrleansIdentity.OktaSimulator.CommandLine;

/// <summary><c>conformance</c>: checks any SCIM server, sentence by sentence.</summary>
internal sealed class ConformanceCommand
{
    private readonly TargetOptions _target = new();
    private readonly Option<string> _output = new("--output") { Description = "How the report is shown.", DefaultValueFactory = _ => "text" };
    private readonly Option<string?> _report = new("--report")
    {
        Description = "A file to write the report to as well: JSON when its name ends with .json, otherwise Markdown.",
    };

    private readonly Option<string[]> _only = new("--only") { Description = "The starts of the ids of the checks to run, such as W or F2-.",
        AllowMultipleArgumentsPerToken = true };
    private readonly Option<int> _timeout = NumberOption.Create("--timeout", "Seconds that one request may take", 60, 1, 3_600);

    private ConformanceCommand()
    {
        _output.AcceptOnlyFromAmong("text", "json", "markdown");
    }

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new ConformanceCommand();
        var created = new Command("conformance", "Checks a SCIM 2.0 server against the RFCs, sentence by sentence, and deletes what it created.")
        {
            command._output, command._report, command._only, command._timeout,
        };
        command._target.AddTo(created);
        created.SetAction(command.RunAsync);
        return created;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        try
        {
            var options = new ConformanceOptions(_target.Read(arguments))
            {
                Only = arguments.GetValue(_only) ?? [],
                Timeout = TimeSpan.FromSeconds(arguments.GetValue(_timeout)),
            };
            using var http = OktaHttp.CreateClient();
            var report = await new ConformanceRun(http, TimeProvider.System).RunAsync(options, new AreaLines(), cancellationToken);
            Console.Write(ConformanceText.Of(report, arguments.GetValue(_output)!));
            if (arguments.GetValue(_report) is { } file)
            {
                await WriteAsync(file, report);
            }

            return report.Conforms ? ExitCodes.AsItMustBe : ExitCodes.Findings;
        }
        catch (CannotRunException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return ExitCodes.CannotRun;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Interrupted.");
            return ExitCodes.CannotRun;
        }
    }

    private static async Task WriteAsync(string file, ConformanceReport report)
    {
        try
        {
            await File.WriteAllTextAsync(file, ConformanceText.Of(report, file.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? "json" : "markdown"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CannotRunException($"The report cannot be written to '{file}': {exception.Message}");
        }
    }

    /// <summary>A line for each area as it begins; on standard error, since the report is on standard output.</summary>
    private sealed class AreaLines : IProgress<ConformanceProgress>
    {
        private string _area = "";

        public void Report(ConformanceProgress value)
        {
            if (_area != value.Area)
            {
                _area = value.Area;
                Console.Error.WriteLine($"{value.Done} of {value.Of}: {value.Area}");
            }
        }
    }
}
