using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using OrleansIdentity.Api.Standard.Inbox;
using OrleansIdentity.Api.Standard.Runs;
using OrleansIdentity.Api.Tests.Product;
using OrleansIdentity.Api.Tests.Settings;
using OrleansIdentity.Api.Tests.SignIn;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.DueTimes;
using OrleansIdentity.Grains.Contracts.Standard;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.OktaSimulator.Directories;
using OrleansIdentity.OktaSimulator.Hooks;
using OrleansIdentity.OktaSimulator.Management;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Api.Tests.Standard;

/// <summary>A product, an Okta org and a tenant that is provisioned by Standard. Workers work when a test says so, and the process can be exchanged.</summary>
public sealed class StandardWorld : IAsyncDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("orleansidentity-standard-").FullName;
    private readonly TestStore _inner;
    private readonly bool _hasWorkers;

    private StandardWorld(TestStore inner, SimulatedOrg org, bool hasWorkers) =>
        (_inner, Store, Org, _hasWorkers) = (inner, new InterceptedStore(inner.Store), org, hasWorkers);

    public InterceptedStore Store { get; }

    /// <summary>The same data without a hand in the door.</summary>
    public IDirectoryStore Behind => _inner.Store;

    public SimulatedOrg Org { get; }

    public ShiftedTime Time { get; } = new();

    public RunningProduct Product { get; private set; } = null!;

    public TestTenant Tenant { get; private set; } = null!;

    public SettingsClient Owner { get; private set; } = null!;

    public DirectoryApp App { get; private set; } = null!;

    public EventHook Hook { get; private set; } = null!;

    public string HookSecret { get; private set; } = "";

    public Uri HookUrl => new(Product.BaseUrl, $"/t/{Tenant.Slug}/webhooks/okta");

    public IInboxGrain Inbox => Product.Services.GetRequiredService<IGrainFactory>().GetGrain<IInboxGrain>(Tenant.Slug);

    public ISyncGrain Runs => Product.Services.GetRequiredService<IGrainFactory>().GetGrain<ISyncGrain>(Tenant.Slug);

    public static async Task<StandardWorld> StartAsync(bool hasWorkers = false, SimulatedOrgOptions? org = null)
    {
        var world = new StandardWorld(
            await TestStore.OpenAsync(), await SimulatedOrg.StartAsync(org ?? new SimulatedOrgOptions { RateLimit = 1_000_000 }), hasWorkers);
        await world.LaunchAsync();
        world.Tenant = await TestTenant.CreateAsync(world.Product);
        world.Owner = await SettingsClient.CreateAsync(world.Tenant);
        world.App = world.Org.Directory.CreateApp("Acme");
        await world.Owner.DoAsync("PUT", "/provisioning", new { method = "standard", okta = new { org = world.Org.Url.ToString(), appId = world.App.Id, apiToken = world.Org.Tokens.CreateApiToken() } });
        world.HookSecret = (await world.Owner.DoAsync("POST", "/provisioning/hook-secrets", new { label = "okta" }))["secret"]!.GetValue<string>();
        world.Hook = world.Org.Hooks.Add(world.HookUrl, world.HookSecret);
        Assert.True(await world.Org.Hooks.VerifyAsync(world.Hook));
        return world;
    }

    /// <summary>Ends the process and begins another one over the same data, at the same address. What was in memory is gone.</summary>
    public async Task RestartAsync()
    {
        Store.BeforeCommit = Store.AfterCommit = _ => Task.CompletedTask;
        Store.BeforeRead = () => Task.CompletedTask;
        await Product.DisposeAsync();
        await LaunchAsync();
    }

    /// <summary>Creates and assigns people.</summary>
    public string[] Assign(int count, string prefix = "p") => [.. Enumerable.Range(1, count).Select(number =>
    {
        var user = Org.Directory.CreateUser($"{prefix}{number}@okta.example", "Pat", $"Number {number}", new JsonObject { ["department"] = number % 2 == 0 ? "Sales" : "Support" });
        Org.Directory.Assign(App.Id, user.Id);
        return user.Id;
    })];

    /// <summary>Delivers what hooks have to tell.</summary>
    public Task DeliverAsync() => Org.Hooks.DeliverAsync();

    /// <summary>Looks into the inbox until nobody is to be read now.</summary>
    public Task<DateTimeOffset?> DrainAsync() => Product.Services.GetRequiredService<InboxDrain>().RunAsync(Tenant.Slug, default);

    /// <summary>Begins a run through the settings and goes on with it.</summary>
    public async Task<JsonObject> SyncAsync(bool rehearsal = false)
    {
        var run = await Owner.DoAsync("POST", "/runs", new { rehearsal });
        await WorkAsync();
        return await Owner.DoAsync("GET", $"/runs/{run["id"]}");
    }

    /// <summary>Goes on with the run that there is until it ends, waits for an administrator or for Okta.</summary>
    public async Task WorkAsync()
    {
        var worker = Product.Services.GetRequiredService<SyncWorker>();
        while ((await Runs.ListAsync()).FirstOrDefault() is { Phase: not (RunPhase.Ended or RunPhase.AwaitingApproval) } run && !(run.PausedUntil > Time.GetUtcNow()))
        {
            await worker.FollowAsync(new DueNote(Time.GetUtcNow(), "run-test", Tenant.Slug, ""), default);
        }
    }

    /// <summary>Does what is due: nights, and runs to be gone on with.</summary>
    public async Task FollowNotesAsync()
    {
        var notes = Product.Services.GetRequiredService<IGrainFactory>().GetGrain<IDueTimesGrain>(ISyncGrain.Work);
        var worker = Product.Services.GetRequiredService<SyncWorker>();
        for (var found = true; found;)
        {
            found = false;
            while (await notes.TakeAsync(10) is { Length: > 0 } due)
            {
                found = true;
                foreach (var note in due)
                {
                    await worker.FollowAsync(note, default);
                }
            }

            // What was begun is due a moment later.
            Time.Shift += NightSchedule.Moment;
        }
    }

    /// <summary>The drift report of a run.</summary>
    public async Task<JsonObject[]> DriftAsync(JsonNode run)
    {
        var answer = await Owner.SendAsync("GET", $"/runs/{run["id"]}/drift");
        return [.. (await answer.Content.ReadFromJsonAsync<JsonArray>())!.Select(row => row!.AsObject())];
    }

    /// <summary>The tenant's users as they are stored.</summary>
    public async Task<Dictionary<string, JsonObject>> UsersAsync()
    {
        var page = await Behind.QueryAsync(new RecordQuery(Tenant.Slug, RecordKinds.User, null, null, 0, 100_000), default);
        return page.Records.ToDictionary(record => record.Key.Id, record => JsonNode.Parse(record.Document.Span)!.AsObject());
    }

    /// <summary>The user that a person of Okta is; null for none.</summary>
    public async Task<JsonObject?> UserOfAsync(string oktaId) => (await UsersAsync()).Values.SingleOrDefault(user => user["externalId"]?.GetValue<string>() == oktaId);

    /// <summary>Asserts that the tenant's users are exactly what Okta has.</summary>
    public async Task ShouldBeAsOktaAsync()
    {
        var linked = (await UsersAsync()).Values.Where(user => user["externalId"] is not null).ToArray();
        var here = linked.ToDictionary(user => user["externalId"]!.GetValue<string>());
        var assigned = Org.Directory.AssignmentsOf(App.Id).Select(one => Org.Directory.FindUser(one.UserId)!).ToDictionary(user => user.Id);
        foreach (var (id, person) in assigned)
        {
            var shouldBeActive = person.Status is not (DirectoryStatus.Suspended or DirectoryStatus.Deprovisioned);
            if (!here.TryGetValue(id, out var user))
            {
                Assert.False(shouldBeActive, $"{person.Login} is assigned and has no account.");
                continue;
            }

            Assert.Equal((person.Login, shouldBeActive), (user["userName"]!.GetValue<string>(), user["active"]!.GetValue<bool>()));
            Assert.Equal(Value(person.Text("department")), user["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"]?["department"]?.GetValue<string>());
        }

        Assert.All(here.Where(one => !assigned.ContainsKey(one.Key)), one => Assert.False(one.Value["active"]!.GetValue<bool>(), $"{one.Value["userName"]} is not assigned and has access."));

        static string? Value(string text) => text.Length == 0 ? null : text;
    }

    /// <summary>Signs a user in by password, and gives a way to ask whether the session is live.</summary>
    public async Task<LiveSession> SignInAsync(string userId, string name)
    {
        var grains = Product.Services.GetRequiredService<IGrainFactory>();
        var hash = await Product.Services.GetRequiredService<Microsoft.AspNetCore.Identity.IPasswordHasher<object>>().Run(Person.Password);
        var user = grains.GetGrain<IUserGrain>(GrainKeys.Resource(Tenant.Slug, userId));
        Assert.Null((await user.SetPasswordAsync(new SetPassword(new EventOrigin("system", "test", "test"), DateTimeOffset.MaxValue, hash))).Refusal);
        var answer = await Owner.Person.PostSessionAsync(name);
        Assert.Equal(201, (int)answer.StatusCode);
        return new LiveSession(Owner.Person, (await answer.Content.ReadFromJsonAsync<JsonObject>())!["token"]!.GetValue<string>());
    }

    /// <summary>How many events of some types there are.</summary>
    public async Task<int> CountAsync(params string[] types) => (await Tenant.EventsAsync()).Count(one => types.Contains(one["type"]!.GetValue<string>()));

    public async ValueTask DisposeAsync()
    {
        Owner?.Dispose();
        Tenant?.Dispose();
        await Product.DisposeAsync();
        await Org.DisposeAsync();
        await _inner.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    private async Task LaunchAsync() => Product = await RunningProduct.StartAsync(
        _data,
        builder =>
        {
            builder.Services.AddSingleton<IStartupFilter, ChosenAddress>();
            builder.Services.Replace(ServiceDescriptor.Singleton<IDirectoryStore>(Store));
            builder.Services.UseClock(Time);
            if (!_hasWorkers)
            {
                foreach (var worker in builder.Services.Where(service => service.ServiceType == typeof(IHostedService)
                    && (service.ImplementationType == typeof(InboxWorker) || IsOurs(service))).ToArray())
                {
                    builder.Services.Remove(worker);
                }
            }
        },
        ["--Okta:AllowLoopback", "true", "--SignIn:HashIterations", "10000", .. Product is null ? [] : (string[])["--urls", Product.BaseUrl.ToString()]]);

    private static bool IsOurs(ServiceDescriptor service) =>
        service.ImplementationFactory?.Method.DeclaringType?.FullName?.Contains("StandardServices", StringComparison.Ordinal) == true;
}

/// <summary>A session of somebody.</summary>
public sealed record LiveSession(Person Person, string Token)
{
    /// <summary>The status with which "who am I" is answered.</summary>
    public Task<int> StatusAsync() => Person.StatusAsync(Token);
}
