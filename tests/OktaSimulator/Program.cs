using System.CommandLine;
using OrleansIdentity.OktaSimulator.CommandLine;

var root = new RootCommand("Plays Okta against a SCIM 2.0 server.") { ProvisionCommand.Create(), ConformanceCommand.Create() };
var arguments = root.Parse(args);
if (arguments.Errors.Count == 0)
{
    return await arguments.InvokeAsync();
}

foreach (var error in arguments.Errors)
{
    await Console.Error.WriteLineAsync(error.Message);
}

return ExitCodes.CannotRun;
