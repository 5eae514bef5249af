using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansIdentity.Api.Tests.Product;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Tests.Shared;
using Xunit.Abstractions;

namespace OrleansIdentity.Api.Tests.Invitations;

/// <summary>Nobody's invitation is lost and nobody gets two, whatever dies between the creation and the mail.</summary>
public sealed class MailFailureTests(ITestOutputHelper output) : IDisposable
{
    private const int Rounds = 8;

    private readonly string _data = Directory.CreateTempSubdirectory("orleansidentity-mail-").FullName;
    private readonly SmtpSink _smtp = new();

    public void Dispose()
    {
        _smtp.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Server_DownThenUp_GetsEachMailOnce()
    {
        const int Count = 30;
        var time = new ShiftedTime();
        await using var product = await RunningProduct.StartAsync(
            _data, builder => builder.Services.UseClock(time), ["--Logging:LogLevel:Default", "None", .. _smtp.Settings]);
        using var tenant = await TestTenant.CreateAsync(product);
        await InvitationProduct.SetPolicyAsync(tenant, automatic: true);
        await Task.WhenAll(Enumerable.Range(0, Count).Select(number => tenant.Scim.CreateAsync($"u{number}@x.test")));

        // Each has been tried, in vain: what is out is noted before it is tried.
        while ((await EventsAsync(tenant, "user.invited")).Length < Count)
        {
            await Task.Yield();
        }

        Assert.Empty(await EventsAsync(tenant, "user.link-mailed"));
        _smtp.Start();
        time.Shift = TimeSpan.FromMinutes(3);
        while ((await EventsAsync(tenant, "user.link-mailed")).Length < Count)
        {
            await Task.Yield();
        }

        Assert.Equal(Count, _smtp.Mails.Count);
        Assert.Equal(Count, _smtp.Mails.Select(mail => mail.To.ToString()).Distinct().Count());
        Assert.Equal(Count, (await EventsAsync(tenant, "user.invited")).Length);
    }

    // The note comes first: where it cannot be written, nobody is created who would never be invited.
    [Fact]
    public async Task Creation_WhoseNoteCannotBeWritten_IsNone_AndOneThatFailsBehindItsNoteIsNotInvited()
    {
        await using var intercepted = await InterceptedProduct.StartAsync("--Logging:LogLevel:Default", "None");
        using var tenant = await TestTenant.CreateAsync(intercepted.Product);
        await InvitationProduct.SetPolicyAsync(tenant, automatic: true);
        var notes = 0;
        intercepted.Store.BeforeCommit = commit => commit.Change is PutRecord { Key.Kind: "due-mail" } ? throw new StoreUnavailableException("Told to be down.") : Task.CompletedTask;
        Assert.Equal(503, (await tenant.Scim.PostAsync("Users", ScimClient.User("ann@x.test"))).Status);
        intercepted.Store.BeforeCommit = commit => commit.Change switch
        {
            PutRecord { Key.Kind: "due-mail" } => Task.FromResult(notes++),
            PutRecord { Key.Kind: RecordKinds.User } => throw new StoreUnavailableException("Told to be down."),
            _ => Task.CompletedTask,
        };
        Assert.Equal(503, (await tenant.Scim.PostAsync("Users", ScimClient.User("ann@x.test"))).Status);
        intercepted.Store.BeforeCommit = _ => Task.CompletedTask;
        Assert.Equal((1, 0), (notes, (await tenant.Scim.GetAsync("Users")).Body!["totalResults"]!.GetValue<int>()));
        await tenant.Scim.CreateAsync("ann@x.test");
        while ((await EventsAsync(tenant, "user.link-mailed")).Length == 0)
        {
            await Task.Yield();
        }

        Assert.Single(await EventsAsync(tenant, "user.invited"));
    }

    // The same mail may come again when the process dies after the server has taken it: then it has the same id, by which it is known.
    [Fact]
    public async Task Process_KilledBetweenCreationAndMail_SendsEachInvitationOnce()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        _smtp.Start();
        string[] settings =
        [
            "--Operator:Key", RunningProduct.OperatorKey, "--Secrets:KeyEncryptionKey", RunningProduct.KeyEncryptionKey, "--Logging:LogLevel:Default", "None",
            .. _smtp.Settings, .. await TestStore.SettingsAsync(_data),
        ];
        var (token, created) = ("", new List<string>());
        for (var round = 0; round < Rounds; round++)
        {
            using var product = await ProductProcess.StartAsync("Production", _data, settings);
            token = token.Length > 0 ? token : await CreateTenantAsync(product);
            using var scim = new ScimClient(product.Client(token), new Uri(product.BaseUrl, "/t/letters/scim/v2/"));
            for (var number = 0; number < 5; number++)
            {
                created.Add($"r{round}-{number}@x.test");
                await scim.CreateAsync(created[^1]);
            }

            // Anywhere from before the first mail to after the last one of this round.
            var enough = _smtp.Mails.Count + random.Next(0, 6);
            while (_smtp.Mails.Count < enough)
            {
                await Task.Yield();
            }

            await product.KillAsync();
        }

        using var last = await ProductProcess.StartAsync("Production", _data, settings);
        using var people = last.Client(RunningProduct.OperatorKey);
        while (await MailedAsync(people) < created.Count)
        {
            await Task.Yield();
        }

        await last.KillAsync();
        var ids = _smtp.Mails.GroupBy(mail => mail.To.Mailboxes.Single().Address, mail => mail.MessageId).ToDictionary(one => one.Key, one => one.Distinct().Count());
        Assert.Equal(created.Order(StringComparer.Ordinal), ids.Keys.Order(StringComparer.Ordinal));
        Assert.All(ids.Values, count => Assert.Equal(1, count));
        output.WriteLine($"{created.Count} invitations, {_smtp.Mails.Count} mails over {Rounds} rounds");
    }

    private static async Task<string> CreateTenantAsync(ProductProcess product)
    {
        using var client = product.Client(RunningProduct.OperatorKey);
        (await client.PostAsJsonAsync("/operator/v1/tenants", new { slug = "letters" })).EnsureSuccessStatusCode();
        (await client.PostAsync("/operator/v1/tenants/letters/enable", null)).EnsureSuccessStatusCode();
        (await client.PutAsJsonAsync("/operator/v1/tenants/letters/settings", new { ignoreUnknownMembers = false, invitations = new { automatic = true } })).EnsureSuccessStatusCode();
        var minted = await client.PostAsJsonAsync("/operator/v1/tenants/letters/scim-tokens", new { label = "mail" });
        return (await minted.Content.ReadFromJsonAsync<JsonObject>())!["token"]!.GetValue<string>();
    }

    private static async Task<int> MailedAsync(HttpClient client)
    {
        var page = await client.GetFromJsonAsync<JsonObject>("/operator/v1/tenants/letters/events?count=1000");
        return page!["events"]!.AsArray().Count(one => one!["type"]!.GetValue<string>() == "user.link-mailed");
    }

    private static async Task<JsonObject[]> EventsAsync(TestTenant tenant, string type) =>
        [.. (await tenant.EventsAsync()).Where(one => one["type"]!.GetValue<string>() == type)];
}
