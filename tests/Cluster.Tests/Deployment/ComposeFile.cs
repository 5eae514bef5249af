using OrleansIdentity.Tests.Shared;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace OrleansIdentity.Cluster.Tests.Deployment;

/// <summary><c>docker-compose.yml</c> as Docker reads it, with anchors and merge keys resolved.</summary>
internal static class ComposeFile
{
    /// <summary>The services by name, each as a tree of dictionaries, lists and texts.</summary>
    public static Dictionary<string, Dictionary<object, object?>> Services()
    {
        using var file = File.OpenText(Path.Combine(Repository.Root, "docker-compose.yml"));
        var parser = new MergingParser(new Parser(file));
        parser.Consume<StreamStart>();
        var document = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object?>>(parser);
        return ((Dictionary<object, object?>)document["services"]!).ToDictionary(
            service => (string)service.Key, service => (Dictionary<object, object?>)service.Value!);
    }

    /// <summary>A service's environment.</summary>
    public static IEnumerable<(string Key, string Value)> Environment(Dictionary<object, object?> service) =>
        ((Dictionary<object, object?>)service.GetValueOrDefault("environment", new Dictionary<object, object?>())!)
            .Select(pair => ((string)pair.Key, (string)pair.Value!));
}
