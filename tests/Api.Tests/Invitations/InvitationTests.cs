using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.HostProduct;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Invitations;

/// <summary>rules.md, rule 15: who is invited when, once, and what becomes of it.</summary>
public sealed class InvitationTests(InvitationProduct product) : IClassFixture<InvitationProduct>, IAsyncLifetime
{
    private TestTenant _tenant = null!;
    private HostClient _host = null!;
    private string _owner = null!;

    public async Task InitializeAsync()
    {
        _tenant = await TestTenant.CreateAsync(product.Product);
        _host = await HostClient.MintAsync(_tenant);
        _owner = await HostTests.MakeOwnerAsync(_tenant);
    }

    public Task DisposeAsync()
    {
        _host.Dispose();
        _tenant.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Creation_ThroughAnyDoor_IsInvitedByOneMailWhoseLinkWorksOnce()
    {
        await InvitationProduct.SetPolicyAsync(_tenant, automatic: true);
        var (scim, byHost, imported) = (Address("scim"), Address("host"), Address("import"));
        var id = await _tenant.Scim.CreateAsync(scim);
        await _host.SendAsync("POST", "users", $$"""{"email":"{{byHost}}"}""", _owner);
        await _host.SendAsync("POST", "users/import?dry_run=true", $"email\n{Address("rehearsed")}\n", _owner, "text/csv");
        await _host.SendAsync("POST", "users/import", $"email\n{imported}\n", _owner, "text/csv");
        var links = new[] { await product.LinkAsync(scim), await product.LinkAsync(byHost), await product.LinkAsync(imported) };
        await product.SettleAsync();
        Assert.Equal([1, 1, 1, 0], new[] { scim, byHost, imported, Address("rehearsed") }.Select(address => product.Mails(address).Length));
        Assert.Equal(3, links.Distinct().Count());
        Assert.Equal("invite_pending", await StatusAsync(id));
        Assert.Equal(["user.created", "user.invited", "user.link-mailed"], (await _tenant.EventsAsync(id)).Select(one => one["type"]!.GetValue<string>()));
        var mail = product.Mails(scim)[0];
        Assert.Contains(links[0], mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains(links[0], mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain(links[0][(links[0].LastIndexOf('/') + 1)..], string.Concat((await _tenant.EventsAsync()).Select(one => one.ToJsonString())), StringComparison.Ordinal);

        using var elsewhere = await TestTenant.CreateAsync(product.Product);
        Assert.Equal(404, await product.OpenAsync(elsewhere.Slug, links[0]));
        Assert.Equal(303, await product.AcceptAsync(_tenant.Slug, links[0]));
        Assert.Equal("confirmed", await StatusAsync(id));
        Assert.Equal(404, await product.OpenAsync(_tenant.Slug, links[0]));
        Assert.Equal((409, "account-confirmed"), await InviteAsync(id));
        Assert.Equal((409, "account-confirmed"), await RevokeAsync(id));
    }

    // "Switching it on" invites nobody who is there already; an admin who wants that says so, and may say it again.
    [Fact]
    public async Task Setting_SwitchedOn_InvitesThoseOfBeforeOnlyWhenAsked()
    {
        var (early, late, nowhere) = (Address("early"), Address("late"), await _tenant.Scim.CreateAsync($"no-address-{_tenant.Slug}"));
        var id = await _tenant.Scim.CreateAsync(early);
        await InvitationProduct.SetPolicyAsync(_tenant, automatic: true);
        var viewer = await _tenant.Scim.CreateAsync(late);
        await product.LinkAsync(late);
        await product.SettleAsync();
        Assert.Equal(("not_invited", 0), (await StatusAsync(id), product.Mails(early).Length));

        Assert.Equal(403, (await _host.SendAsync("POST", "invitations", """{"count":500}""", viewer)).Status);
        Assert.Equal(400, (await _host.SendAsync("POST", "invitations", """{"count":501}""", _owner)).Status);
        Assert.Equal(400, (await _host.SendAsync("POST", "invitations", """{"count":5,"after":"x"}""", _owner)).Status);
        var first = (await _host.SendAsync("POST", "invitations", """{"count":1}""", _owner)).Body;
        Assert.Equal((0, nowhere, "email-missing"), (Number(first, "invited"), Text(first["skipped"]![0]!, "id"), Text(first["skipped"]![0]!, "reason")));

        // Two who ask at once.
        var body = $$"""{"count":500,"after":"{{Text(first, "next")}}"}""";
        var reports = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _host.SendAsync("POST", "invitations", body, _owner)));
        Assert.All(reports, report => Assert.Equal(200, report.Status));
        await product.LinkAsync(early);
        await product.SettleAsync();
        Assert.Equal((1, 1, "invite_pending"), (product.Mails(early).Length, product.Mails(late).Length, await StatusAsync(id)));
        Assert.Equal(1, (await _tenant.EventsAsync(id)).Count(one => one["type"]!.GetValue<string>() == "user.invited"));
    }

    [Fact]
    public async Task HireDate_SetMovedAndRemoved_IsWhatTheInvitationFollows()
    {
        await _tenant.DefineSchemaAsync(0, new { name = "hired", type = "dateTime" });
        await InvitationProduct.SetPolicyAsync(_tenant, automatic: true, "hired");
        var ids = new Dictionary<string, string>();
        foreach (var (name, days) in new[] { ("past", -30), ("today", 0), ("future", 40), ("earlier", 40), ("later", 20), ("removed", 20) })
        {
            ids[name] = await _tenant.Scim.CreateAsync(Address(name), (_tenant.SchemaUrn, new JsonObject { ["hired"] = Day(days) }));
        }

        ids["unknown"] = await _tenant.Scim.CreateAsync(Address("unknown"));
        await product.LinkAsync(Address("past"));
        await product.LinkAsync(Address("today"));
        await HiredAsync(ids["earlier"], Day(10));
        await HiredAsync(ids["later"], Day(60));
        await HiredAsync(ids["removed"], null);
        await product.SettleAsync();
        Assert.Equal(
            ["invite_pending", "invite_pending", "invite_scheduled", "invite_scheduled", "invite_scheduled", "not_invited", "not_invited"],
            await Task.WhenAll(ids.Values.Select(StatusAsync)));

        product.Time.Shift += TimeSpan.FromDays(11);
        await product.LinkAsync(Address("earlier"));
        product.Time.Shift += TimeSpan.FromDays(10);
        await product.SettleAsync();
        Assert.Equal([0, 1, 0, 0], new[] { "future", "earlier", "later", "removed" }.Select(name => product.Mails(Address(name)).Length));
        product.Time.Shift += TimeSpan.FromDays(20);
        await product.LinkAsync(Address("future"));
        product.Time.Shift += TimeSpan.FromDays(20);
        await product.LinkAsync(Address("later"));

        await HiredAsync(ids["removed"], Day(-1));
        await product.LinkAsync(Address("removed"));
        await product.SettleAsync();
        Assert.All(ids.Keys.Where(name => name != "unknown"), name => Assert.Single(product.Mails(Address(name))));
        Assert.Empty(product.Mails(Address("unknown")));
    }

    [Fact]
    public async Task Invitation_SentAgain_NotTooSoonAndTheLinkOfBeforeIsDead()
    {
        var id = await _tenant.Scim.CreateAsync(Address("ann"));
        Assert.Equal((200, null), await InviteAsync(id));
        var first = await product.LinkAsync(Address("ann"));
        Assert.Equal((429, "invitation-too-soon"), await InviteAsync(id));
        product.Time.Shift += TimeSpan.FromMinutes(1);
        Assert.Equal((200, null), await InviteAsync(id));
        var second = await product.LinkAsync(Address("ann"), count: 2);
        Assert.Equal((404, 200), (await product.OpenAsync(_tenant.Slug, first), await product.OpenAsync(_tenant.Slug, second)));
        product.Time.Shift += TimeSpan.FromMinutes(1);
        Assert.Equal((429, "invitation-too-soon"), await InviteAsync(id));

        product.Time.Shift += TimeSpan.FromDays(8);
        Assert.Equal((404, "invite_pending"), (await product.OpenAsync(_tenant.Slug, second), await StatusAsync(id)));
    }

    [Fact]
    public async Task Invitation_Revoked_IsDeadAtOnceOrNeverGoesOut()
    {
        var id = await _tenant.Scim.CreateAsync(Address("ann"));
        await InviteAsync(id);
        var link = await product.LinkAsync(Address("ann"));
        Assert.Equal((200, null), await RevokeAsync(id));
        Assert.Equal((404, "not_invited"), (await product.OpenAsync(_tenant.Slug, link), await StatusAsync(id)));
        Assert.Equal((429, "invitation-too-soon"), await InviteAsync(id));
        Assert.Contains("user.invitation-revoked", (await _tenant.EventsAsync(id)).Select(one => one["type"]!.GetValue<string>()));

        await InvitationProduct.SetPolicyAsync(_tenant, automatic: true);
        var scheduled = await _tenant.Scim.CreateAsync(Address("bob"));
        Assert.Equal((200, null), await RevokeAsync(scheduled));
        await product.SettleAsync();
        Assert.Equal(("not_invited", 0), (await StatusAsync(scheduled), product.Mails(Address("bob")).Length));
    }

    // Switched off while some have yet to go out: they do not.
    [Fact]
    public async Task Setting_SwitchedOff_KeepsWhatHasNotGoneOut()
    {
        await _tenant.DefineSchemaAsync(0, new { name = "hired", type = "dateTime" });
        await InvitationProduct.SetPolicyAsync(_tenant, automatic: true, "hired");
        var id = await _tenant.Scim.CreateAsync(Address("ann"), (_tenant.SchemaUrn, new JsonObject { ["hired"] = Day(5) }));
        await InvitationProduct.SetPolicyAsync(_tenant, automatic: false);
        product.Time.Shift += TimeSpan.FromDays(6);
        await product.SettleAsync();
        Assert.Equal(("not_invited", 0), (await StatusAsync(id), product.Mails(Address("ann")).Length));
        Assert.Equal("invitations-off", Text((await _tenant.EventsAsync(id))[^1]["changes"]![1]!, "after"));
    }

    [Fact]
    public async Task Account_DeactivatedMeanwhile_IsInvitedWhenItIsBack()
    {
        await InvitationProduct.SetPolicyAsync(_tenant, automatic: true);
        var inactive = await _tenant.Scim.CreateAsync(Address("ann"), ("active", false));
        var invited = await _tenant.Scim.CreateAsync(Address("bob"));
        var link = await product.LinkAsync(Address("bob"));
        await ActiveAsync(invited, false);
        await product.SettleAsync();
        Assert.Equal((0, 404), (product.Mails(Address("ann")).Length, await product.OpenAsync(_tenant.Slug, link)));
        Assert.Equal((403, "account-deactivated"), await InviteAsync(inactive));

        await ActiveAsync(inactive, true);
        await ActiveAsync(invited, true);
        await product.LinkAsync(Address("ann"));
        var second = await product.LinkAsync(Address("bob"), count: 2);
        Assert.Equal((404, 200), (await product.OpenAsync(_tenant.Slug, link), await product.OpenAsync(_tenant.Slug, second)));
        await ActiveAsync(inactive, false);
        await ActiveAsync(inactive, true);
        await product.LinkAsync(Address("ann"), count: 2);
    }

    [Fact]
    public async Task Invitation_OfAnotherTenantOrWithoutRightOrAddress_IsRefused()
    {
        var id = await _tenant.Scim.CreateAsync(Address("ann"));
        using var elsewhere = await TestTenant.CreateAsync(product.Product);
        using var stranger = await HostClient.MintAsync(elsewhere);
        var foreign = await HostTests.MakeOwnerAsync(elsewhere);
        foreach (var method in new[] { "POST", "DELETE" })
        {
            Assert.Equal(404, (await stranger.SendAsync(method, $"users/{id}/invitation", by: foreign)).Status);
            Assert.Equal(403, (await _host.SendAsync(method, $"users/{id}/invitation", by: id)).Status);
            Assert.Equal(403, (await _host.SendAsync(method, $"users/{id}/invitation", by: foreign)).Status);
            Assert.Equal(400, (await _host.SendAsync(method, $"users/{id}/invitation")).Status);
            Assert.Equal(404, (await _host.SendAsync(method, "users/nonsense/invitation", by: _owner)).Status);
        }

        Assert.Equal((409, "email-missing"), await InviteAsync(await _tenant.Scim.CreateAsync("bob")));
        await product.SettleAsync();
        Assert.Equal(("not_invited", 0), (await StatusAsync(id), product.Mails(Address("ann")).Length));
    }

    [Fact]
    public async Task Creation_OfAThousandAtOnce_IsAThousandMails()
    {
        const int Count = 1_000;
        await InvitationProduct.SetPolicyAsync(_tenant, automatic: true);
        var rows = string.Concat(Enumerable.Range(0, Count).Select(row => $"u{row}@{_tenant.Slug}.test\n"));
        var report = (await _host.SendAsync("POST", "users/import", $"email\n{rows}", _owner, "text/csv")).Body;
        Assert.Equal(Count, Number(report, "created"));
        while (Number(await _host.GetAsync("users?status=invite_pending&count=1"), "total") < Count + 1)
        {
            await Task.Yield();
        }

        await product.SettleAsync();
        var events = await _tenant.EventsAsync();
        Assert.All(new[] { "user.invited", "user.link-mailed" }, type => Assert.Equal(Count, events
            .Where(one => one["type"]!.GetValue<string>() == type && one["actor"]!.GetValue<string>() != "operator").Select(one => Text(one, "resourceId")).Where(id => id != _owner).Distinct().Count()));
        Assert.Equal(Count, events.Count(one => one["type"]!.GetValue<string>() == "user.invited" && Text(one, "resourceId") != _owner));
    }

    private string Address(string name) => $"{name}@{_tenant.Slug}.test";

    private string Day(int days) => product.Time.GetUtcNow().AddDays(days).ToString("yyyy-MM-dd'T'00:00:00'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private async Task HiredAsync(string id, string? date) => Assert.Equal(
        200, (await _host.SendAsync("PATCH", $"users/{id}", new JsonObject { ["custom_fields"] = new JsonObject { ["hired"] = date } }.ToJsonString(), _owner)).Status);

    private async Task ActiveAsync(string id, bool active) =>
        Assert.Equal(200, (await _tenant.Scim.PatchAsync($"Users/{id}", ScimClient.PatchOp(ScimClient.Replace("active", active)))).Status);

    private async Task<string> StatusAsync(string id) => Text(await _host.GetAsync($"users/{id}"), "status");

    private async Task<(int, string?)> InviteAsync(string id) => Brief(await _host.SendAsync("POST", $"users/{id}/invitation", by: _owner));

    private async Task<(int, string?)> RevokeAsync(string id) => Brief(await _host.SendAsync("DELETE", $"users/{id}/invitation", by: _owner));

    private static (int, string?) Brief((int Status, JsonObject Body, System.Net.Http.Headers.HttpResponseHeaders Headers) answer) =>
        (answer.Status, answer.Status < 400 ? null : Text(answer.Body, "id"));

    private static string Text(JsonNode body, string name) => body[name]!.GetValue<string>();

    private static int Number(JsonObject body, string name) => body[name]!.GetValue<int>();
}
