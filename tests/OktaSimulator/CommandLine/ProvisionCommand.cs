using System.CommandLine;
using System.Security.Cryptography;
using OrleansIdentity.OktaSimulator.Apps;
using OrleansIdentity.OktaSimulator.Reporting;
using OrleansIdentity.OktaSimulator.Scenarios;
using OrleansIdentity.OktaSimulator.Scim;
using Spectre.Console;

namespace OrleansIdentity.OktaSimulator.CommandLine;

/// <summary><c>provision</c>: plays provisioning against a SCIM server.</summary>
internal sealed class ProvisionCommand
{
    private const string TokenVariable = "OKTASIM_TOKEN";

    private readonly Option<string?> _url = new("--url") { Description = "The SCIM base URL of the server. Without it, that of the demo file." };
    private readonly Option<string?> _token = new("--token") { Description = $"The bearer token; better kept in the environment variable {TokenVariable}." };

    private readonly Option<string> _demo = new("--demo")
    {
        Description = "The demo file, which has URL and token.",
        DefaultValueFactory = _ => Path.Combine("data", "demo.json"),
    };

    private readonly Option<string> _app = new("--app") { Description = "The kind of Okta app to play.", DefaultValueFactory = _ => "both" };
    private readonly Option<int> _users = Number("--users", "How many people each app has", 200, Cast.FewestUsers, 100_000);
    private readonly Option<int> _parallel = Number("--parallel", "How many requests are under way at once", 16, 2, 512);
    private readonly Option<int> _timeout = Number("--timeout", "Seconds that one request may take", 60, 1, 3_600);

    private readonly Option<int> _seed = new("--seed")
    {
        Description = "What the people are made from; a run is reproducible on a tenant that has not seen it.",
        DefaultValueFactory = _ => RandomNumberGenerator.GetInt32(1, 1_000_000_000),
    };

    private ProvisionCommand()
    {
        _app.AcceptOnlyFromAmong("classic", "catalogue", "both");
    }

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new ProvisionCommand();
        var created = new Command("provision", "Plays the provisioning of an Okta org against a SCIM 2.0 server and judges every answer.")
        {
            command._url, command._token, command._demo, command._app, command._users, command._parallel, command._seed, command._timeout,
        };
        created.SetAction(command.RunAsync);
        return created;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var console = AnsiConsole.Console;
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = 160;
        }

        try
        {
            var options = Read(arguments);
            console.WriteLine($"Okta against {options.Target}, seed {options.Seed}, {options.Users} users for each app.");
            using var http = OktaHttp.CreateClient();
            var run = new ProvisionRun(http, TimeProvider.System);
            var report = await ProgressView.ShowAsync(console, progress => run.RunAsync(options, progress, cancellationToken));
            ReportView.Show(console, report);
            return report.IsAsOktaNeeds ? ExitCodes.AsOktaNeeds : ExitCodes.Findings;
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

    private ProvisionOptions Read(ParseResult arguments) => new(ReadTarget(arguments))
    {
        Apps = arguments.GetValue(_app) switch
        {
            "classic" => [AppKind.Classic],
            "catalogue" => [AppKind.Catalogue],
            _ => [AppKind.Classic, AppKind.Catalogue],
        },
        Users = arguments.GetValue(_users),
        Parallel = arguments.GetValue(_parallel),
        Seed = arguments.GetValue(_seed),
        Timeout = TimeSpan.FromSeconds(arguments.GetValue(_timeout)),
    };

    private ScimTarget ReadTarget(ParseResult arguments)
    {
        var given = arguments.GetValue(_token);
        if (arguments.GetValue(_url) is not { } url)
        {
            return given is null
                ? DemoFile.Read(arguments.GetValue(_demo)!)
                : throw new CannotRunException("--token needs --url: the demo file has a token of its own.");
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new CannotRunException($"'{url}' is not an http or https URL. Give the SCIM base URL, such as https://acme.example/scim/v2.");
        }

        return (given ?? Environment.GetEnvironmentVariable(TokenVariable)) is { Length: > 0 } token
            ? new ScimTarget(url, token)
            : throw new CannotRunException($"--url needs a token: set {TokenVariable}, or give --token.");
    }

    private static Option<int> Number(string name, string description, int standard, int least, int most)
    {
        var option = new Option<int>(name) { Description = $"{description}: {least} to {most}.", DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var value && (value < least || value > most))
            {
                result.AddError($"{name} must be from {least} to {most}.");
            }
        });
        return option;
    }
}
