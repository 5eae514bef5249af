using System.CommandLine;
using OrleansIdentity.OktaSimulator.Scenarios;
using OrleansIdentity.OktaSimulator.Scim;

namespace OrleansIdentity.OktaSimulator.CommandLine;

/// <summary>The options that say which server it is.</summary>
internal sealed class TargetOptions
{
    private const string TokenVariable = "OKTASIM_TOKEN";

    private readonly Option<string?> _url = new("--url") { Description = "The SCIM base URL of the server. Without it, that of the demo file." };
    private readonly Option<string?> _token = new("--token") { Description = $"The bearer token; better kept in the environment variable {TokenVariable}." };

    private readonly Option<string> _demo = new("--demo")
    {
        Description = "The demo file, which has URL and token.",
        DefaultValueFactory = _ => Path.Combine("data", "demo.json"),
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_url);
        command.Options.Add(_token);
        command.Options.Add(_demo);
    }

    /// <summary>Reads the server and its token.</summary>
    /// <exception cref="CannotRunException">They are missing or malformed.</exception>
    public ScimTarget Read(ParseResult arguments)
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
}
