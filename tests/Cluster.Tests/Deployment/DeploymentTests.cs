using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.Operator;
using OrleansIdentity.Silo.Clustering;
using OrleansIdentity.Silo.Hosting;
using OrleansIdentity.Silo.Storage.AzureTables.Account;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Cluster.Tests.Deployment;

/// <summary>The reference deployment says what is true, as far as that can be told without a Docker engine.</summary>
public sealed partial class DeploymentTests
{
    private static readonly Dictionary<string, Type> Sections = new()
    {
        ["Cluster"] = typeof(ClusterNodeOptions),
        ["Data"] = typeof(DataOptions),
        ["Operator"] = typeof(OperatorOptions),
        ["Requests"] = typeof(RequestOptions),
        ["Secrets"] = typeof(SecretsOptions),
        ["Storage:Azure"] = typeof(AzureStorageOptions),
        ["Tenancy"] = typeof(TenancyOptions),
    };

    private static readonly string[] ProductImages = [Path.Combine("src", "Api", "Dockerfile"), Path.Combine("src", "Silo", "Dockerfile")];

    public static TheoryData<string> Dockerfiles() => [.. ProductImages];

    [Fact]
    public void Compose_EveryEnvironmentKey_BindsToAnOption()
    {
        var keys = ComposeFile.Services().Values.SelectMany(ComposeFile.Environment).Select(pair => pair.Key)
            .Concat(ProductImages.SelectMany(path => EnvironmentOf(File.ReadAllText(Path.Combine(Repository.Root, path)))))
            .Where(key => !key.StartsWith("ASPNETCORE_", StringComparison.Ordinal) && !key.StartsWith("DOTNET_", StringComparison.Ordinal))
            .Distinct().ToArray();

        Assert.True(keys.Length >= 8, string.Join(", ", keys));
        Assert.All(keys, key =>
        {
            var path = key.Replace("__", ":", StringComparison.Ordinal);
            var section = path[..path.LastIndexOf(':')];
            Assert.True(Sections.TryGetValue(section, out var options), $"{key}: there is no section {section}.");
            Assert.True(options.GetProperty(path[(section.Length + 1)..]) is { CanWrite: true }, $"{key}: {options.Name} has no such option.");
        });
    }

    [Fact]
    public void Compose_Topology_IsThatOfTheScript()
    {
        var services = ComposeFile.Services();
        Assert.Equal(["api1", "api2", "azurite", "proxy", "redis", "silo1", "silo2"], services.Keys.Order(StringComparer.Ordinal));
        Assert.All(services, service =>
        {
            Assert.True(service.Value.ContainsKey("healthcheck") || HasHealthCheck(service.Value), $"{service.Key} has no health check.");
            Assert.True(service.Value.ContainsKey("deploy"), $"{service.Key} has no limits.");
            Assert.True(service.Value.ContainsKey("user") || Dockerfile(service.Value)!.Contains("\nUSER ", StringComparison.Ordinal), $"{service.Key} runs as root.");
        });
        Assert.All(["Cluster__Id", "Cluster__Redis", "Cluster__Mode"], key => Assert.Single(
            services.Values.SelectMany(ComposeFile.Environment).Where(pair => pair.Key == key).Select(pair => pair.Value).Distinct()));
    }

    [Fact]
    public void Compose_GracePeriod_IsLongerThanTheProcessTakes()
    {
        foreach (var name in new[] { "api1", "silo1" })
        {
            var service = ComposeFile.Services()[name];
            var configuration = new ConfigurationBuilder().AddInMemoryCollection(ComposeFile.Environment(service).Select(pair =>
                new KeyValuePair<string, string?>(pair.Key.Replace("__", ":", StringComparison.Ordinal), pair.Value))).Build();
            var node = configuration.GetSection(ClusterNodeOptions.Section).Get<ClusterNodeOptions>()!;
            Assert.True(node.GraceSeconds < int.Parse(((string)service["stop_grace_period"]!).TrimEnd('s'), System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    [Theory]
    [MemberData(nameof(Dockerfiles))]
    public async Task Dockerfile_ItsPublishCommand_MakesWhatItsEntryPointStarts(string path)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, path));
        var folder = Directory.CreateTempSubdirectory("orleansidentity-publish-").FullName;
        var publish = PublishCommand().Match(text);
        Assert.True(publish.Success);
        var arguments = publish.Groups["arguments"].Value.Replace("/app", folder, StringComparison.Ordinal);

        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, output);
        Assert.True(File.Exists(Path.Combine(folder, EntryPoint().Match(text).Groups["file"].Value)));
        Assert.True(File.Exists(Path.Combine(folder, "appsettings.json")));
        Directory.Delete(folder, recursive: true);
    }

    private static bool HasHealthCheck(Dictionary<object, object?> service) =>
        Dockerfile(service)?.Contains("\nHEALTHCHECK ", StringComparison.Ordinal) == true;

    private static string? Dockerfile(Dictionary<object, object?> service) =>
        service.GetValueOrDefault("build") is Dictionary<object, object?> build
            ? File.ReadAllText(Path.Combine(Repository.Root, (string)build["dockerfile"]!))
            : null;

    private static IEnumerable<string> EnvironmentOf(string dockerfile) =>
        EnvironmentLine().Matches(dockerfile).SelectMany(line => Assignment().Matches(line.Value)).Select(one => one.Groups["key"].Value);

    [GeneratedRegex(@"^RUN dotnet (?<arguments>publish .*)$", RegexOptions.Multiline)]
    private static partial Regex PublishCommand();

    [GeneratedRegex("""ENTRYPOINT \["dotnet", "/app/(?<file>[^"]+)"\]""")]
    private static partial Regex EntryPoint();

    [GeneratedRegex("^ENV .*$", RegexOptions.Multiline)]
    private static partial Regex EnvironmentLine();

    [GeneratedRegex(@"(?<key>[A-Za-z_]+)=")]
    private static partial Regex Assignment();
}
