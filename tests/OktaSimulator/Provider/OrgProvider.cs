namespace OrleansIdentity.OktaSimulator.Provider;

/// <summary>An OpenID Connect app of the org.</summary>
/// <param name="ClientId">Its client id.</param>
/// <param name="Secret">Its client secret.</param>
/// <param name="RedirectUris">Where it may be sent back to.</param>
public sealed record OidcApp(string ClientId, string Secret, IReadOnlyList<string> RedirectUris);

/// <summary>The OpenID Connect apps of an org.</summary>
public sealed class OrgProvider
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, OidcApp> _apps = new(StringComparer.Ordinal);

    /// <summary>Registers an app.</summary>
    public void Register(OidcApp app)
    {
        lock (_lock)
        {
            _apps[app.ClientId] = app;
        }
    }

    internal OidcApp? Find(string clientId)
    {
        lock (_lock)
        {
            return _apps.GetValueOrDefault(clientId);
        }
    }
}
