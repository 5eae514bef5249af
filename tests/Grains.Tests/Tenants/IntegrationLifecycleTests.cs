using System.Text;
using OrleansIdentity.Grains.Contracts.Integrations;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Integrations;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Tenants;

namespace OrleansIdentity.Grains.Tests.Tenants;

public sealed class IntegrationLifecycleTests
{
    private static readonly EventOrigin Origin = new("settings", "owner", "correlation");
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private static readonly TenantState Empty = new("acme", [], true, Now, []);

    [Fact]
    public void Change_OfATenantThatIsMissingOrDisabledOrChangedMeanwhile_IsRefused()
    {
        var command = new SetPolicy(Origin, 3, SignInSettings.Default with { SessionHours = 1 });
        Refused(IntegrationLifecycle.Decide("acme", null, 3, command), "integration-not-enabled");
        Refused(IntegrationLifecycle.Decide("acme", Empty with { IntegrationEnabled = false }, 3, command), "integration-not-enabled");
        Refused(IntegrationLifecycle.Decide("acme", Empty, 4, command), "settings-changed");
        var step = Assert.IsType<TenantDecision.Transition>(IntegrationLifecycle.Decide("acme", Empty, 3, command));

        // Sent again, it is there already, whatever the version is by now.
        Assert.IsType<TenantDecision.Unchanged>(IntegrationLifecycle.Decide("acme", step.Next, 4, command));
    }

    [Fact]
    public void Sso_Set_TellsItsEventIdsOfSecretsAndNoSecrets()
    {
        var set = Step(Empty, new SetSso(Origin, 1, SsoMethod.OpenIdConnect, Oidc("a")));
        Assert.Equal(EventTypes.IntegrationChanged, set.EventType);
        var rotated = Step(set.Next, new SetSso(Origin, 1, SsoMethod.OpenIdConnect, Oidc("b")));
        Assert.Equal((EventTypes.IntegrationSecretRotated, "b a"), (rotated.EventType, string.Join(' ', rotated.Next.Sso!.Oidc!.Secrets.Select(secret => secret.Id))));
        Assert.Equal("sso.oidc.clientSecrets", Assert.Single(rotated.Changes).Path);
        var said = Encoding.UTF8.GetString(EventChanges.Of([.. set.Changes, .. rotated.Changes]).Span);
        Assert.DoesNotContain(Convert.ToBase64String([7, 7, 7]), said, StringComparison.Ordinal);

        Refused(Decide(rotated.Next, new SetSso(Origin, 1, SsoMethod.OpenIdConnect, Oidc("c"))), "client-secret-limit");
        var other = Step(rotated.Next, new SetSso(Origin, 1, SsoMethod.OpenIdConnect, Oidc("d") with { ClientId = "other" }));
        Assert.Equal("d", Assert.Single(other.Next.Sso!.Oidc!.Secrets).Id);

        // What is stored is what is read.
        Assert.Equal("d", Assert.Single(TenantState.From(new StoredRecord(new RecordKey("acme", RecordKinds.Tenant, "acme"), 1, Guid.Empty, other.Next.ToDocument())).Sso!.Oidc!.Secrets).Id);
    }

    [Fact]
    public void SsoOnly_WithoutSso_IsRefusedBothWays()
    {
        Refused(Decide(Empty, new SetPolicy(Origin, 1, SignInSettings.Default with { SsoOnly = true })), "sso-not-set-up");
        var set = Step(Empty, new SetSso(Origin, 1, SsoMethod.OpenIdConnect, Oidc("a"))).Next;
        var only = Step(set, new SetPolicy(Origin, 1, SignInSettings.Default with { SsoOnly = true })).Next;
        Refused(Decide(only, new SetSso(Origin, 1, SsoMethod.None, null)), "sso-only");
    }

    [Fact]
    public void Operator_SettingSessionHours_LeavesTheTenantsOwnPolicyAsItIs()
    {
        var own = Step(Empty, new SetPolicy(Origin, 1, SignInSettings.Default with { RequireMultiFactor = true })).Next;
        var set = Assert.IsType<TenantDecision.Transition>(TenantLifecycle.SetSignIn("acme", own, new SignInSettings(5, SsoOnly: false)));
        Assert.Equal((5, true), (set.Next.SignIn!.SessionHours, set.Next.SignIn.RequireMultiFactor));
    }

    private static OidcSettings Oidc(string secretId) => new("https://acme.okta.com", "0oa1", [new SealedSecret(secretId, [7, 7, 7], Now)]);

    private static TenantDecision Decide(TenantState state, IntegrationCommand command) => IntegrationLifecycle.Decide("acme", state, 1, command);

    private static TenantDecision.Transition Step(TenantState state, IntegrationCommand command) => Assert.IsType<TenantDecision.Transition>(Decide(state, command));

    private static void Refused(TenantDecision decision, string id) => Assert.Equal(id, Assert.IsType<TenantDecision.Refused>(decision).Refusal.Id);
}
