using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Directories;

namespace OrleansIdentity.OktaSimulator.Provider;

/// <summary>An OpenID Connect app of the org.</summary>
/// <param name="ClientId">Its client id: the app's id in the directory, if people are to be assigned to it.</param>
/// <param name="Secret">Its client secret.</param>
/// <param name="RedirectUris">Where it may be sent back to.</param>
public sealed record OidcApp(string ClientId, string Secret, IReadOnlyList<string> RedirectUris)
{
    /// <summary>A second secret that is accepted too, while the first is exchanged; null for none.</summary>
    public string? OtherSecret { get; init; }

    /// <summary>Where people may be sent after signing out.</summary>
    public IReadOnlyList<string> SignOutUris { get; init; } = [];
}

/// <summary>A sign-in at the provider that has led to a code.</summary>
internal sealed record SignInCode(
    OidcApp App, string Issuer, string RedirectUri, string? Nonce, string Challenge, DirectoryUser User, string[] Amr, string? Acr, DateTimeOffset At);

/// <summary>The OpenID Connect apps of an org, its keys, and what is odd about its tokens.</summary>
public sealed class OrgProvider
{
    private readonly ConcurrentDictionary<string, OidcApp> _apps = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ProviderKeys> _keys = new(StringComparer.Ordinal);

    /// <summary>Whether ID tokens say no more than who it is, as those of custom authorization servers do; the rest is in userinfo.</summary>
    public bool ThinIdTokens { get; set; }

    /// <summary>Whether <c>acr_values</c> that are not met are an error, as at Okta; otherwise they are passed over.</summary>
    public bool EnforcesAcr { get; set; } = true;

    /// <summary>Changes header and claims of an ID token before it is signed; null for none.</summary>
    public Action<JsonObject, JsonObject>? Tamper { get; set; }

    /// <summary>Changes a signed ID token; null for none.</summary>
    public Func<string, string>? TamperSigned { get; set; }

    /// <summary>Changes what userinfo answers; null for none.</summary>
    public Action<JsonObject>? TamperUserInfo { get; set; }

    /// <summary>Changes what the provider says about itself.</summary>
    public Action<JsonObject>? TamperDiscovery { get; set; }

    /// <summary>How often each document of the provider was asked for, by path.</summary>
    public ConcurrentDictionary<string, int> Reads { get; } = new(StringComparer.Ordinal);

    internal ConcurrentDictionary<string, SignInCode> Codes { get; } = new(StringComparer.Ordinal);

    internal ConcurrentDictionary<string, SignInCode> AccessTokens { get; } = new(StringComparer.Ordinal);

    /// <summary>Registers an app, or changes it.</summary>
    public void Register(OidcApp app) => _apps[app.ClientId] = app;

    /// <summary>The keys of an issuer: each has its own.</summary>
    /// <param name="issuer">Its path: nothing for the org's own, or <c>/oauth2/default</c>.</param>
    public ProviderKeys Keys(string issuer = "") => _keys.GetOrAdd(issuer, _ => new ProviderKeys());

    internal OidcApp? Find(string clientId) => _apps.GetValueOrDefault(clientId);
}
