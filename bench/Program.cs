using System.CommandLine;
using OrleansIdentity.Bench;
using OrleansIdentity.Bench.Cluster;
using OrleansIdentity.Bench.Servers;

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

return await root.Parse(args).InvokeAsync();

FiveCallsOptions Options(ParseResult arguments) =>
    new(arguments.GetValue(users), arguments.GetValue(seconds), arguments.GetValue(rounds), arguments.GetValue(connections));
