using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using OrleansIdentity.Bench.Load;
using OrleansIdentity.Bench.Servers;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Bench.SignIn;

/// <summary>The product with its demo tenant, whose owner is signed in, and an application of the host product.</summary>
internal sealed class SignInServer : IDisposable
{
    /// <summary>A password of the usual length.</summary>
    public const string Text = "a password of the usual length";

    private readonly string _data;
    private byte[] _me = [];
    private byte[] _introspection = [];
    private byte[] _signIn = [];

    private SignInServer(ServerProcess process, string data) => (Process, _data) = (process, data);

    public ServerProcess Process { get; }

    public static async Task<SignInServer> StartAsync(CancellationToken cancellationToken)
    {
        var data = Directory.CreateTempSubdirectory("orleansidentity-bench-").FullName;
        var program = Path.Combine(Repository.Root, "src", "Api", "bin", Repository.Configuration, "net10.0", "OrleansIdentity.Api.dll");
        var process = await ServerProcess.StartAsync(
            program, url => ["--environment", "Development", "--urls", url, "--Data:Path", data, "--Logging:LogLevel:Default", "Error"], cancellationToken);
        var server = new SignInServer(process, data);
        await server.PrepareAsync(cancellationToken);
        return server;
    }

    /// <summary>Asks who one is: what every request of a session goes through.</summary>
    public byte[] Me() => _me;

    /// <summary>Asks whether a token is good (RFC 7662).</summary>
    public byte[] Introspection() => _introspection;

    /// <summary>Signs in.</summary>
    public byte[] SignIn() => _signIn;

    public void Dispose()
    {
        Process.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(_data, "demo.json");
        while (!File.Exists(path))
        {
            await Task.Yield();
        }

        var demo = JsonNode.Parse(await File.ReadAllTextAsync(path, cancellationToken))!;
        using var http = new HttpClient { BaseAddress = new Uri(Process.Url, "/t/acme/api/v1/") };
        var credentials = new { login = demo["ownerEmail"]!.GetValue<string>(), password = demo["ownerPassword"]!.GetValue<string>() };
        var session = await ReadAsync(await http.PostAsJsonAsync("sessions", credentials, cancellationToken), cancellationToken);
        http.DefaultRequestHeaders.Authorization = new("Bearer", demo["operatorKey"]!.GetValue<string>());
        var application = await ReadAsync(await http.PostAsJsonAsync("/operator/v1/applications", new { name = "bench" }, cancellationToken), cancellationToken);

        var token = session["token"]!.GetValue<string>();
        var client = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{application["clientId"]}:{application["clientSecret"]}"));
        _me = RawConnection.Request("GET", "/t/acme/api/v1/me", token, null);
        _introspection = RawConnection.RequestWith(
            [$"Authorization: Basic {client}", "Content-Type: application/x-www-form-urlencoded"], "POST", "/t/acme/api/v1/introspect", Encoding.ASCII.GetBytes($"token={Uri.EscapeDataString(token)}"));
        _signIn = RawConnection.RequestWith(
            ["Content-Type: application/json"], "POST", "/t/acme/api/v1/sessions", Encoding.UTF8.GetBytes($$"""{"login":"{{credentials.login}}","password":"{{credentials.password}}"}"""));
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken) =>
        (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>(cancellationToken))!;
}
