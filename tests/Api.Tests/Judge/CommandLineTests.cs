using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Judge.Faults;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Judge;

/// <summary>What a person, or a script, meets who starts the simulator.</summary>
public sealed class CommandLineTests(FaultyProduct faulty) : IClassFixture<FaultyProduct>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("orleansidentity-simulator-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Provision_WithoutADemoFile_SaysWhatToDo()
    {
        var run = await SimulatorProcess.RunAsync(_folder, null, "provision");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("'data/demo.json' is not there. Start the server first", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Provision_WithTheDemoFile_ShowsTheTableAndEndsWith0()
    {
        using var tenant = await TestTenant.CreateAsync(faulty.Product);
        Directory.CreateDirectory(Path.Combine(_folder, "data"));
        var demo = new { scimBaseUrl = tenant.Scim.BaseUrl.ToString().TrimEnd('/'), scimToken = tenant.Token };
        await File.WriteAllTextAsync(Path.Combine(_folder, "data", "demo.json"), JsonSerializer.Serialize(demo));

        var run = await SimulatorProcess.RunAsync(_folder, null, "provision", "--users", "24");

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Contains("Everything is as Okta needs it.", run.Output, StringComparison.Ordinal);
        Assert.Contains("Verified end state", run.Output, StringComparison.Ordinal);
        Assert.Contains("import while accounts are deleted", run.Output, StringComparison.Ordinal);
        AssertPlain(run, tenant);
    }

    [Fact]
    public async Task Provision_FaultyServer_NamesTheFindingAndEndsWith1()
    {
        using var tenant = await TestTenant.CreateAsync(faulty.Product);

        // A server that shows the request in its errors, the credential included.
        faulty.Plant(tenant, async exchange =>
            await exchange.ForwardAsync() is var answer && answer.IsSuccess ? answer : answer with { Text = $"<p>{tenant.Token}</p>" });

        var run = await SimulatorProcess.RunAsync(
            _folder, tenant.Token, "provision", "--url", tenant.Scim.BaseUrl.ToString(), "--users", "24", "--app", "classic", "--seed", "8");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("not-json", run.Output, StringComparison.Ordinal);
        Assert.Contains("<p>[token]</p>", run.Output, StringComparison.Ordinal);
        Assert.Contains("not as Okta needs it", run.Output, StringComparison.Ordinal);
        Assert.Contains("seed 8", run.Output, StringComparison.Ordinal);
        AssertPlain(run, tenant);
    }

    [Fact]
    public async Task Provision_WrongToken_EndsWith2()
    {
        using var tenant = await TestTenant.CreateAsync(faulty.Product);

        var run = await SimulatorProcess.RunAsync(_folder, "wrong", "provision", "--url", tenant.Scim.BaseUrl.ToString());

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("refuses the token", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--users must be from 20", "provision", "--users", "19")]
    [InlineData("classic", "provision", "--app", "other")]
    [InlineData("is not an http or https URL", "provision", "--url", "acme.example/scim/v2", "--token", "x")]
    [InlineData("set OKTASIM_TOKEN", "provision", "--url", "https://acme.example/scim/v2")]
    [InlineData("--token needs --url", "provision", "--token", "x")]
    [InlineData("cannot be read", "provision", "--demo", "broken.json")]
    [InlineData("does not answer", "provision", "--url", "http://127.0.0.1:1/", "--token", "x")]
    public async Task Provision_CannotRun_SaysWhyAndEndsWith2(string sentence, params string[] arguments)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "broken.json"), "{");

        var run = await SimulatorProcess.RunAsync(_folder, null, arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(sentence, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conformance_Product_ShowsEveryCheckAndEndsWith0()
    {
        using var tenant = await TestTenant.CreateAsync(faulty.Product);

        var run = await SimulatorProcess.RunAsync(_folder, tenant.Token, "conformance", "--url", tenant.Scim.BaseUrl.ToString(), "--report", "report.md");

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Contains("W1-location-header", run.Output, StringComparison.Ordinal);
        Assert.Contains("Every MUST passes.", run.Output, StringComparison.Ordinal);
        var markdown = await File.ReadAllTextAsync(Path.Combine(_folder, "report.md"));
        Assert.Contains("| pass | W1-location-header | MUST | 7644 §3.3 |", markdown, StringComparison.Ordinal);
        AssertPlain(run with { Errors = run.Errors + markdown }, tenant);
    }

    [Fact]
    public async Task Conformance_FaultyServer_ShowsTheEvidenceAndEndsWith1()
    {
        using var tenant = await TestTenant.CreateAsync(faulty.Product);

        // A server that shows the request in its answers, the credential and the password included.
        faulty.Plant(tenant, async exchange => (await exchange.ForwardAsync()).With(body =>
        {
            if (exchange is { Method: "POST", Endpoint: "Users" } && exchange.Body["password"] is { } password)
            {
                body["displayName"] = $"{tenant.Token} {password}";
            }
        }));

        var run = await SimulatorProcess.RunAsync(
            _folder, tenant.Token, "conformance", "--url", tenant.Scim.BaseUrl.ToString(), "--only", "C10", "W1-", "--output", "json");

        Assert.Equal(1, run.ExitCode);
        var report = JsonNode.Parse(run.Output)!;
        var failed = Assert.Single(report["results"]!.AsArray(), result => result!["outcome"]!.ToString() == "fail")!;
        Assert.Equal(("C10-password-create", "must", "7643 §4.1.1"), (failed["id"]!.ToString(), failed["level"]!.ToString(), failed["section"]!.ToString()));
        Assert.Equal("POST /Users", failed["evidence"]!["request"]!.ToString());
        Assert.Contains("\"displayName\":\"[token] [password]\"", failed["evidence"]!["excerpt"]!.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"password\":\"[password]\"", failed["evidence"]!["sent"]!.ToString(), StringComparison.Ordinal);
        Assert.All(report["results"]!.AsArray(), result => Assert.Matches("^(C10|W1-)", result!["id"]!.ToString()));
        AssertPlain(run, tenant);
    }

    [Theory]
    [InlineData("text", "is not an http or https URL", "--url", "acme.example/scim/v2")]
    [InlineData("text", "does not answer", "--url", "http://127.0.0.1:1/")]
    [InlineData("xml", "xml", "--url", "http://127.0.0.1:1/")]
    public async Task Conformance_CannotRun_SaysWhyAndEndsWith2(string output, string sentence, params string[] arguments)
    {
        var run = await SimulatorProcess.RunAsync(_folder, "x", ["conformance", "--output", output, .. arguments]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(sentence, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conformance_WrongToken_EndsWith2()
    {
        using var tenant = await TestTenant.CreateAsync(faulty.Product);

        var run = await SimulatorProcess.RunAsync(_folder, "wrong", "conformance", "--url", tenant.Scim.BaseUrl.ToString());

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("refuses the token", run.Errors, StringComparison.Ordinal);
    }

    private static void AssertPlain(SimulatorProcess run, TestTenant tenant)
    {
        Assert.DoesNotContain(tenant.Token, run.Output + run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output + run.Errors);
    }
}
