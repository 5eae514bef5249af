using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Options;
using OrleansIdentity.Api.Authentication;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.Operator;
using OrleansIdentity.Api.Scim;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Silo.Hosting;

namespace OrleansIdentity.Api.Demo;

/// <summary>In Development only: the first start creates a tenant that can be tried at once, and says how, once.</summary>
internal sealed partial class DemoTenant(
    IGrainFactory grains, IServer server, IOptions<DataOptions> data, IOptions<OperatorOptions> operatorOptions, DemoOwner owner, ILogger<DemoTenant> logger)
    : IHostedLifecycleService
{
    private const string Slug = "acme";
    private const string FileName = "demo.json";
    private const string Label = "demo";
    private const string OwnerEmail = "owner@acme.example";

    private static readonly EventOrigin Origin = new("system", "demo", "demo");

    // Under the URN that a tenant's own schema has unless another is chosen.
    private static readonly CustomAttribute[] OwnAttributes =
    [
        new("hireDate", CustomAttributeType.DateTime, "The first day at work.", MultiValued: false, Required: false, CaseExact: false, []),
        new("costCode", CustomAttributeType.String, "Where the cost of the user is booked.", MultiValued: false, Required: false, CaseExact: false, []),
    ];

    // After the server has started: only then is its address known.
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(data.Value.FullPath, FileName);
        var tenant = grains.GetGrain<ITenantGrain>(Slug);
        await tenant.CreateAsync(new CreateTenant([], Origin));
        var state = await tenant.ReadAsync() ?? throw new InvalidOperationException($"The tenant '{Slug}' was created and is not there.");
        if (File.Exists(path))
        {
            await FollowAddressAsync(path, cancellationToken);
            return;
        }

        if (state.ScimTokens.Length > 0 && state.ScimTokens.All(token => token.Label != Label))
        {
            LogTokensElsewhere(path);
            return;
        }

        // A token without the file that shows it is of no use to anybody: it is from a start that was cut short.
        foreach (var orphan in state.ScimTokens.Where(token => token.Label == Label))
        {
            await tenant.RevokeTokenAsync(orphan.Id, Origin);
        }

        var (id, token) = ScimTokens.Create();
        await tenant.AddTokenAsync(new AddScimToken(id, BearerToken.Hash(token), Label, Origin));
        var provisioning = grains.GetGrain<ITenantProvisioningGrain>(Slug);
        foreach (var orphan in (await provisioning.ReadProvisioningAsync())!.HookSecrets.Where(secret => secret.Label == Label))
        {
            await provisioning.RevokeHookSecretAsync(orphan.Id, Origin, null);
        }

        var (hookId, hookSecret) = HookSecrets.Create();
        await provisioning.AddHookSecretAsync(new AddHookSecret(hookId, BearerToken.Hash(hookSecret), Label, Origin));
        await tenant.DefineSchemaAsync(new DefineSchema(0, null, OwnAttributes, Origin));
        await tenant.SetIntegrationAsync(true, Origin);

        var ownerPassword = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(15));
        await owner.CreateAsync(Slug, OwnerEmail, ownerPassword, Origin, cancellationToken);
        var demo = DemoFile.For(BaseUrl(), Slug, ScimEndpoints.BasePath, token, operatorOptions.Value.Key!) with
        {
            OwnerEmail = OwnerEmail, OwnerPassword = ownerPassword, HookSecret = hookSecret,
        };
        PrivateFile.Write(path, demo.ToJson());
        await Console.Out.WriteLineAsync(demo.Welcome(path));
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The same data may be served at another address this time.
    private async Task FollowAddressAsync(string path, CancellationToken cancellationToken)
    {
        var demo = DemoFile.Read(await File.ReadAllBytesAsync(path, cancellationToken));
        if (demo is not null && demo.BaseUrl != BaseUrl())
        {
            var moved = DemoFile.For(BaseUrl(), Slug, ScimEndpoints.BasePath, demo.ScimToken, operatorOptions.Value.Key!);
            PrivateFile.Write(path, (moved with { OwnerEmail = demo.OwnerEmail, OwnerPassword = demo.OwnerPassword, HookSecret = demo.HookSecret }).ToJson());
        }
    }

    private string BaseUrl() => ServerAddress.Of(server);

    [LoggerMessage(1, LogLevel.Warning,
        "{Path} is missing, and the demo tenant has tokens that are not the demo's: nothing was changed. Mint one through the operator API if you need it.")]
    private partial void LogTokensElsewhere(string path);
}
