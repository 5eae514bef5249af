using System.CommandLine;
using OrleansIdentity.OktaSimulator.CommandLine;

var root = new RootCommand("Plays Okta: as a client of a SCIM 2.0 server, or as an org on loopback.")
{
    ProvisionCommand.Create(),
    ConformanceCommand.Create(),
    OrgCommand.Create(),
};
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
