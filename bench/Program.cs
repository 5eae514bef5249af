using System.CommandLine;
using OrleansIdentity.Bench;
using OrleansIdentity.Bench.Cluster;
using OrleansIdentity.Bench.Servers;
using OrleansIdentity.Bench.SignIn;
using OrleansIdentity.Bench.Standard;

var users = new Option<int>("--users") { Description = "How many users the tenant has", DefaultValueFactory = _ => 10_000 };
var seconds = new Option<int>("--seconds") { Description = "How long one call of one server is measured in one round", DefaultValueFactory = _ => 3 };
var rounds = new Option<int>("--rounds") { Description = "How many rounds; the median counts", DefaultValueFactory = _ => 5 };
var connections = new Option<int>("--connections") { Description = "How many connections send at once, each waiting for its answer", DefaultValueFactory = _ => 32 };

var root = new RootCommand("Measures the five calls that Okta makes most against a bare Kestrel endpoint that answers the same bytes.") { users, seconds, rounds, connections };
root.SetAction((arguments, cancellationToken) => FiveCalls.RunAsync(Options(arguments), cancellationToken));

var cluster = new Command("cluster", "Measures the five calls on a cluster beside the embedded product, the loss of a silo, and the cost in storage requests")
{
    users, seconds, rounds, connections,
};
cluster.SetAction((arguments, cancellationToken) => ClusterBench.RunAsync(Options(arguments), cancellationToken));
root.Subcommands.Add(cluster);

var url = new Argument<string>("url");
var bare = new Command("bare", "Runs the bare endpoint; the bench starts it by itself") { url };
bare.SetAction((arguments, cancellationToken) => BareServer.RunAsync(arguments.GetValue(url)!, cancellationToken));
root.Subcommands.Add(bare);

var sizes = new Option<int[]>("--sizes")
{
    Description = "How many members each group has", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [100, 10_000, 100_000],
};
var times = new Option<int>("--times") { Description = "How often each call is sent; the median counts", DefaultValueFactory = _ => 100 };
var groups = new Command("groups", "Measures the calls of group push on groups of different sizes") { sizes, times };
groups.SetAction((arguments, cancellationToken) => GroupSizes.RunAsync(
    new GroupSizesOptions(arguments.GetValue(sizes)!, arguments.GetValue(times)), cancellationToken));
root.Subcommands.Add(groups);

var people = new Option<int>("--people") { Description = "How many people are assigned to the app", DefaultValueFactory = _ => 100_000 };
var backlog = new Option<int>("--backlog") { Description = "How many deliveries are waiting when the receiver is measured", DefaultValueFactory = _ => 100_000 };
var tenants = new Option<int>("--tenants") { Description = "How many tenants have their night at once, with 20 people each; 0 leaves it out", DefaultValueFactory = _ => 1_000 };
var standard = new Command("standard", "Measures a quiet night, the receiver of event hooks behind a backlog, and sign-ins during a night of many tenants") { people, backlog, tenants };
standard.SetAction((arguments, cancellationToken) => StandardBench.RunAsync(
    new StandardOptions(arguments.GetValue(people), arguments.GetValue(backlog), arguments.GetValue(tenants)), cancellationToken));
root.Subcommands.Add(standard);

var kills = new Option<int>("--kills") { Description = "How often the process is killed", DefaultValueFactory = _ => 10 };
var standardKills = new Command("standard-kills", "Kills the process at random while it syncs, and compares what is left with the org") { people, kills };
standardKills.SetAction((arguments, cancellationToken) => StandardKills.RunAsync(arguments.GetValue(people), arguments.GetValue(kills), cancellationToken));
root.Subcommands.Add(standardKills);

var signIn = new Command("sign-in", "Measures session checks, introspection, SAML responses and sign-ins by password") { seconds, rounds, connections };
signIn.SetAction((arguments, cancellationToken) => SignInBench.RunAsync(Options(arguments) with { Users = 1 }, cancellationToken));
root.Subcommands.Add(signIn);

return await root.Parse(args).InvokeAsync();

FiveCallsOptions Options(ParseResult arguments) =>
    new(arguments.GetValue(users), arguments.GetValue(seconds), arguments.GetValue(rounds), arguments.GetValue(connections));
