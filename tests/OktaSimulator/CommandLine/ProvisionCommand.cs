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
    private readonly TargetOptions _target = new();
    private readonly Option<string> _app = new("--app") { Description = "The kind of Okta app to play.", DefaultValueFactory = _ => "both" };
    private readonly Option<int> _users = NumberOption.Create("--users", "How many people each app has", 200, Cast.FewestUsers, 100_000);
    private readonly Option<bool> _noGroups = new("--no-groups") { Description = "Push no groups: for a server that has none." };
    private readonly Option<int> _parallel = NumberOption.Create("--parallel", "How many requests are under way at once", 16, 2, 512);
    private readonly Option<int> _timeout = NumberOption.Create("--timeout", "Seconds that one request may take", 60, 1, 3_600);

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
            command._app, command._users, command._noGroups, command._parallel, command._seed, command._timeout,
        };
        command._target.AddTo(created);
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
            return report.IsAsOktaNeeds ? ExitCodes.AsItMustBe : ExitCodes.Findings;
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

    private ProvisionOptions Read(ParseResult arguments) => new(_target.Read(arguments))
    {
        Apps = arguments.GetValue(_app) switch
        {
            "classic" => [AppKind.Classic],
            "catalogue" => [AppKind.Catalogue],
            _ => [AppKind.Classic, AppKind.Catalogue],
        },
        Users = arguments.GetValue(_users),
        PushesGroups = !arguments.GetValue(_noGroups),
        Parallel = arguments.GetValue(_parallel),
        Seed = arguments.GetValue(_seed),
        Timeout = TimeSpan.FromSeconds(arguments.GetValue(_timeout)),
    };
}
