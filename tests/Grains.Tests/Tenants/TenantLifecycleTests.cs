using System.Text;
using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Tenants;

namespace OrleansIdentity.Grains.Tests.Tenants;

public sealed class TenantLifecycleTests
{
    private const string Slug = "acme";
    private static readonly EventOrigin Origin = new("operator", "operator", "correlation");
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private static readonly TenantState Empty = new(Slug, [], false, Now, []);

    [Fact]
    public void Create_NewTenant_IsDisabledAndHasNoToken()
    {
        var created = Change(TenantLifecycle.Create(Slug, null, new CreateTenant(["id.acme.test"], Origin), Now), EventTypes.TenantCreated);

        Assert.False(created.IntegrationEnabled);
        Assert.Empty(created.ScimTokens);
        Assert.Equal(["id.acme.test"], created.HostNames);
    }

    [Theory]
    [InlineData("Acme", "tenant-slug-invalid")]
    [InlineData("a_b", "tenant-slug-invalid")]
    [InlineData("", "tenant-slug-invalid")]
    [InlineData("a\n", "tenant-slug-invalid")]
    [InlineData("operator", "tenant-slug-reserved")]
    public void Create_BadSlug_IsRefused(string slug, string id) => Refused(TenantLifecycle.Create(slug, null, new CreateTenant([], Origin), Now), id);

    [Fact]
    public void Create_Again_IsRefused() => Refused(TenantLifecycle.Create(Slug, Empty, new CreateTenant([], Origin), Now), "tenant-exists");

    [Fact]
    public void SetIntegration_Twice_ChangesOnce()
    {
        var enabled = Change(TenantLifecycle.SetIntegration(Slug, Empty, true), EventTypes.TenantEnabled);
        Assert.IsType<TenantDecision.Unchanged>(TenantLifecycle.SetIntegration(Slug, enabled, true));
        Change(TenantLifecycle.SetIntegration(Slug, enabled, false), EventTypes.TenantDisabled);
    }

    [Fact]
    public void AddToken_ThirdOne_IsRefusedUntilOneIsRevoked()
    {
        var one = Change(TenantLifecycle.AddToken(Slug, Empty, Token("1"), Now), EventTypes.TokenMinted);
        var two = Change(TenantLifecycle.AddToken(Slug, one, Token("2"), Now), EventTypes.TokenMinted);
        Refused(TenantLifecycle.AddToken(Slug, two, Token("3"), Now), "token-limit");
        Assert.IsType<TenantDecision.Unchanged>(TenantLifecycle.AddToken(Slug, two, Token("2"), Now));

        var second = Change(TenantLifecycle.RevokeToken(Slug, two, "1"), EventTypes.TokenRevoked);
        Assert.Equal(["2"], second.ScimTokens.Select(token => token.Id));
        Refused(TenantLifecycle.RevokeToken(Slug, second, "1"), "token-unknown");
        Change(TenantLifecycle.AddToken(Slug, second, Token("3"), Now), EventTypes.TokenMinted);
    }

    [Fact]
    public void AddToken_LabelTooLong_IsRefused() =>
        Refused(TenantLifecycle.AddToken(Slug, Empty, Token("1") with { Label = new string('l', 101) }, Now), "token-label-too-long");

    [Fact]
    public void AnyCommand_WithoutATenant_IsRefused()
    {
        Refused(TenantLifecycle.SetIntegration(Slug, null, true), "tenant-unknown");
        Refused(TenantLifecycle.AddToken(Slug, null, Token("1"), Now), "tenant-unknown");
        Refused(TenantLifecycle.RevokeToken(Slug, null, "1"), "tenant-unknown");
    }

    [Fact]
    public void Events_AboutTokens_HoldNeitherTokenNorDigest()
    {
        var command = Token("1") with { TokenHash = [.. Enumerable.Repeat((byte)0xAB, 32)] };
        var transition = Assert.IsType<TenantDecision.Transition>(TenantLifecycle.AddToken(Slug, Empty, command, Now));
        var text = Encoding.UTF8.GetString(EventChanges.Of(transition.Changes).Span);

        Assert.Contains("\"id\":\"1\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(command.TokenHash), text, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexString(command.TokenHash), text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void State_Stored_ReadsBackTheSame()
    {
        var state = Change(TenantLifecycle.AddToken(Slug, Empty with { HostNames = ["a.test"] }, Token("1"), Now), EventTypes.TokenMinted);
        var read = TenantState.From(new StoredRecord(new RecordKey(Slug, RecordKinds.Tenant, Slug), 1, Guid.Empty, state.ToDocument()));

        Assert.Equal(state.ToDocument(), read.ToDocument());
        Assert.Equal(state.ScimTokens[0].Hash, read.ScimTokens[0].Hash);
    }

    [Fact]
    public void SetSettings_ChangesThemWithOneEventAndOnlyWhenTheyDiffer()
    {
        var lenient = new TenantSettings(IgnoreUnknownMembers: true);
        var state = Change(TenantLifecycle.SetSettings(Slug, Empty, lenient), EventTypes.TenantSettingsChanged);

        Assert.Equal(lenient, state.ToSettings());
        Assert.IsType<TenantDecision.Unchanged>(TenantLifecycle.SetSettings(Slug, state, lenient));
        Refused(TenantLifecycle.SetSettings(Slug, null, lenient), "tenant-unknown");
    }

    [Fact]
    public void State_StoredBeforeThereWereSettings_HasTheDefaults()
    {
        var document = JsonNode.Parse(Empty.ToDocument())!.AsObject();
        Assert.True(document.Remove("ignoreUnknownMembers"));
        var stored = new StoredRecord(new RecordKey(Slug, RecordKinds.Tenant, Slug), 1, Guid.Empty, Encoding.UTF8.GetBytes(document.ToJsonString()));
        Assert.Equal(TenantSettings.Default, TenantState.From(stored).ToSettings());
    }

    private static AddScimToken Token(string id) => new(id, new byte[32], $"label {id}", Origin);

    private static TenantState Change(TenantDecision decision, string eventType)
    {
        var transition = Assert.IsType<TenantDecision.Transition>(decision);
        Assert.Equal(eventType, transition.EventType);
        return transition.Next;
    }

    private static void Refused(TenantDecision decision, string id) => Assert.Equal(id, Assert.IsType<TenantDecision.Refused>(decision).Refusal.Id);
}
