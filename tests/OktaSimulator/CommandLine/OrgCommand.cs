using System.CommandLine;
using System.Security.Cryptography;
using OrleansIdentity.OktaSimulator.Management;
using OrleansIdentity.OktaSimulator.Management.Tokens;
using OrleansIdentity.OktaSimulator.Org;
using OrleansIdentity.OktaSimulator.Provider;
using OrleansIdentity.OktaSimulator.Scripts;

namespace OrleansIdentity.OktaSimulator.CommandLine;

/// <summary><c>org</c>: an Okta org on loopback, until the process is told to stop.</summary>
internal sealed class OrgCommand
{
    private const string KeyId = "simulated-key-1";
    private const string ClientSecret = "simulated-secret-of-the-sign-in-app";

    private static readonly string[] Scopes = ["okta.apps.read", "okta.users.read", "okta.groups.read", "okta.logs.read"];

    private readonly Option<int> _port = new("--port") { Description = "The port on loopback.", DefaultValueFactory = _ => 5090 };
    private readonly Option<int> _users = new("--users") { Description = "How many people the org has; all of them have the app.", DefaultValueFactory = _ => 25 };
    private readonly Option<int> _seed = new("--seed") { Description = "What people, ids and chance are made from.", DefaultValueFactory = _ => 1 };
    private readonly Option<string> _redirect = new("--redirect-uri")
    {
        Description = "The redirect URI of the sign-in app.", DefaultValueFactory = _ => "http://localhost:5080/t/acme/users/auth/okta/callback",
    };

    private readonly Option<string> _key = new("--key-file")
    {
        Description = "Where the private key of the service app is written.", DefaultValueFactory = _ => Path.Combine("data", "okta-org", "service-app.pem"),
    };

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new OrgCommand();
        var created = new Command("org", "Plays an Okta org on loopback: Management API, event hooks, and a script language for what its admins do.")
        {
            command._port, command._users, command._seed, command._redirect, command._key,
        };
        created.SetAction(command.RunAsync);
        return created;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        try
        {
            await using var org = await SimulatedOrg.StartAsync(
                new SimulatedOrgOptions { Port = arguments.GetValue(_port), Seed = arguments.GetValue(_seed) }, cancellationToken);
            await FillAsync(org, arguments, cancellationToken);
            org.Hooks.Start();
            await ReadScriptAsync(new OrgScript(org), cancellationToken);
            return ExitCodes.AsItMustBe;
        }
        catch (IOException exception)
        {
            await Console.Error.WriteLineAsync($"{exception.Message} Use another --port or --key-file.");
            return ExitCodes.CannotRun;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.AsItMustBe;
        }
    }

    private async Task FillAsync(SimulatedOrg org, ParseResult arguments, CancellationToken cancellationToken)
    {
        var app = org.Directory.CreateApp("Acme");
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var person in OktaOrg.Generate("org", arguments.GetValue(_seed), arguments.GetValue(_users), _ => null).Users)
        {
            // Managers come before those whom they manage.
            var profile = person.Profile with { ManagerId = person.Profile.ManagerId is { } manager ? ids[manager] : null };
            ids[person.Id] = org.Directory.CreateUser(profile.Login, profile.FirstName, profile.LastName, ProfileJson.More(profile)).Id;
            org.Directory.Assign(app.Id, ids[person.Id]);
        }

        using var key = RSA.Create(2_048);
        var file = arguments.GetValue(_key)!;
        await PrivateKeyFile.WriteAsync(file, key.ExportPkcs8PrivateKeyPem(), cancellationToken);
        var publicKey = RSA.Create(key.ExportParameters(includePrivateParameters: false));
        org.Tokens.Register(new ServiceAppRegistration("0oaserviceapp", KeyId, publicKey, Scopes));
        org.Provider.Register(new OidcApp(app.Id, ClientSecret, [arguments.GetValue(_redirect)!])
        {
            SignOutUris = [arguments.GetValue(_redirect)!.Replace("/auth/okta/callback", "/sign_in", StringComparison.Ordinal)],
        });
        var url = org.Url.GetLeftPart(UriPartial.Authority);
        Console.WriteLine($"""
            An Okta org with {org.Directory.Users.Count} people. To paste:

              Okta org URL        {url}      (needs Okta:AllowLoopback=true)
              API token           {org.Tokens.CreateApiToken()}
              or a service app    client id 0oaserviceapp, key id {KeyId}, private key in {file}
              App id              {app.Id}
              Issuer              {url}      or {url}/oauth2/default
              Client id, secret   {app.Id}, {ClientSecret}
              Somebody            {org.Directory.Users[0].Login}, {org.Directory.Users[0].Id}      (to sign in as; there is no password)

            To drive it: type here ('help' tells what), or POST lines to {url}/sim/script. State: {url}/sim/state. Ctrl+C ends it.
            """);
    }

    // Without a terminal behind it the input ends at once; the org does not.
    private static async Task ReadScriptAsync(OrgScript script, CancellationToken cancellationToken)
    {
        using var input = new StreamReader(Console.OpenStandardInput());
        while (await input.ReadLineAsync(cancellationToken).AsTask().WaitAsync(cancellationToken) is { } line)
        {
            if (line is "quit" or "exit")
            {
                return;
            }

            Console.WriteLine(await script.RunAsync(line, cancellationToken));
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
    }
}
