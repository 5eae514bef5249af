using System.Security.Cryptography;
using OrleansIdentity.OktaSimulator.Directories;

namespace OrleansIdentity.OktaSimulator.Management.Tokens;

/// <summary>Who may call: what a request's credential stands for.</summary>
/// <param name="Scopes">What it may do; null for whatever an admin may.</param>
/// <param name="HasRole">Whether it has an admin role.</param>
/// <param name="Owner">The admin who made an API token.</param>
internal sealed record Caller(IReadOnlyList<string>? Scopes, bool HasRole, string? Owner);

/// <summary>A service app.</summary>
/// <param name="ClientId">Its client id.</param>
/// <param name="KeyId">The id of its key.</param>
/// <param name="PublicKey">Its public key, as <see cref="RSA"/> or <see cref="ECDsa"/>.</param>
/// <param name="Scopes">The scopes that are granted to it.</param>
public sealed record ServiceAppRegistration(string ClientId, string KeyId, AsymmetricAlgorithm PublicKey, IReadOnlyList<string> Scopes)
{
    /// <summary>Whether it has an admin role. Without one a valid token may do nothing.</summary>
    public bool HasRole { get; init; } = true;

    /// <summary>Whether tokens are bound to a key; so it is with every new service app.</summary>
    public bool RequiresDpop { get; init; } = true;
}

/// <summary>The credentials of an org.</summary>
public sealed class OrgTokens
{
    private readonly Lock _lock = new();
    private readonly OktaIds _ids;
    private readonly TimeProvider _clock;
    private readonly SimulatedOrgOptions _options;
    private readonly Dictionary<string, Caller> _apiTokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Caller Caller, DateTimeOffset Ends, string? Thumbprint)> _accessTokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ServiceAppRegistration> _apps = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    internal OrgTokens(SimulatedOrgOptions options, OktaIds ids, TimeProvider clock) => (_options, _ids, _clock) = (options, ids, clock);

    /// <summary>Whether the API asks for a nonce in proofs, as the token endpoint does.</summary>
    public bool ApiAsksForNonce { get; set; }

    /// <summary>The nonce of the moment.</summary>
    public string Nonce { get; private set; } = "nonce-1";

    /// <summary>How many access tokens were given out.</summary>
    public int Issued { get; private set; }

    /// <summary>Makes an API token.</summary>
    /// <param name="owner">The login of the admin who makes it.</param>
    /// <param name="mayCall">Whether that admin has a role.</param>
    public string CreateApiToken(string owner = "admin@okta.example", bool mayCall = true)
    {
        lock (_lock)
        {
            var token = _ids.New("00", 40);
            _apiTokens[token] = new Caller(null, mayCall, owner);
            return token;
        }
    }

    /// <summary>Revokes all tokens of both kinds.</summary>
    public void RevokeAll()
    {
        lock (_lock)
        {
            _apiTokens.Clear();
            _accessTokens.Clear();
        }
    }

    /// <summary>Revokes the access tokens of service apps; they can have new ones.</summary>
    public void RevokeAccessTokens()
    {
        lock (_lock)
        {
            _accessTokens.Clear();
        }
    }

    /// <summary>Registers a service app.</summary>
    public void Register(ServiceAppRegistration app)
    {
        lock (_lock)
        {
            _apps[app.ClientId] = app;
        }
    }

    /// <summary>Asks for another nonce from now on.</summary>
    public void ChangeNonce()
    {
        lock (_lock)
        {
            Nonce = _ids.New("nonce-", 12);
        }
    }

    internal ServiceAppRegistration? FindApp(string clientId)
    {
        lock (_lock)
        {
            return _apps.GetValueOrDefault(clientId);
        }
    }

    internal Caller? FindApiToken(string token)
    {
        lock (_lock)
        {
            return _apiTokens.GetValueOrDefault(token);
        }
    }

    internal string Issue(Caller caller, string? thumbprint)
    {
        lock (_lock)
        {
            var token = _ids.New("eyJ", 60);
            _accessTokens[token] = (caller, _clock.GetUtcNow() + _options.TokenLife, thumbprint);
            Issued++;
            return token;
        }
    }

    internal (Caller Caller, string? Thumbprint)? FindAccessToken(string token)
    {
        lock (_lock)
        {
            return _accessTokens.TryGetValue(token, out var known) && known.Ends > _clock.GetUtcNow() ? (known.Caller, known.Thumbprint) : null;
        }
    }

    /// <summary>Whether an id of an assertion or a proof is new; it is remembered.</summary>
    internal bool IsFirstUse(string id)
    {
        lock (_lock)
        {
            return _seen.Add(id);
        }
    }
}
