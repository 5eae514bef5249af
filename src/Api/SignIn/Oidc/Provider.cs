using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using OrleansIdentity.Okta;
using OrleansIdentity.Okta.Errors;
using OrleansIdentity.Okta.Outbound;

namespace OrleansIdentity.Api.SignIn.Oidc;

/// <summary>A provider cannot be asked, or what it answers cannot be used. The message says nothing that the provider has sent.</summary>
internal sealed class ProviderException(string message) : Exception(message);

/// <summary>
/// What a provider says about itself, and its keys, as this process remembers them. Kept for as long as the provider says, within bounds; a key that is not among them is
/// asked for once, and nobody can make this process ask more often than every <see cref="RefetchPause"/>.
/// </summary>
internal sealed class Provider(string issuer, string? appId, IHttpClientFactory clients, IOptions<OktaOptions> options, TimeProvider time) : IDisposable
{
    /// <summary>How long lies between two questions that an unknown key has led to.</summary>
    public static readonly TimeSpan RefetchPause = TimeSpan.FromSeconds(30);

    private const int MinKeyBits = 2_048;

    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Usual = TimeSpan.FromHours(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private readonly SemaphoreSlim _turn = new(1);
    private volatile Known? _known;

    /// <summary>The issuer.</summary>
    public string Issuer => issuer;

    /// <summary>The app of whose own keys it is asked; null for those that all apps share.</summary>
    public string? AppId => appId;

    /// <summary>What the provider says about itself, with its keys.</summary>
    /// <exception cref="ProviderException">It cannot be asked, and nothing that is still good is remembered.</exception>
    public async Task<OpenIdConnectConfiguration> ReadAsync(CancellationToken cancellationToken) =>
        _known is { } known && known.FreshUntil > time.GetUtcNow() ? known.Configuration : await FetchAsync(known => known.FreshUntil > time.GetUtcNow(), cancellationToken);

    /// <summary>The provider's key of an id, as a list of one; empty when it has none.</summary>
    /// <exception cref="ProviderException">It cannot be asked.</exception>
    public async Task<IReadOnlyList<SecurityKey>> FindKeysAsync(string? keyId, CancellationToken cancellationToken)
    {
        var found = Keys(await ReadAsync(cancellationToken), keyId);
        return found.Count > 0 || string.IsNullOrEmpty(keyId)
            ? found
            : Keys(await FetchAsync(known => known.FetchedAt + RefetchPause > time.GetUtcNow(), cancellationToken), keyId);
    }

    public void Dispose() => _turn.Dispose();

    private static List<SecurityKey> Keys(OpenIdConnectConfiguration configuration, string? keyId) =>
        [.. configuration.SigningKeys.Where(key => key.KeyId == keyId && key is RsaSecurityKey or JsonWebKey { Kty: "RSA" } && key.KeySize >= MinKeyBits)];

    private async Task<OpenIdConnectConfiguration> FetchAsync(Func<Known, bool> isGoodEnough, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_known is { } known && isGoodEnough(known))
            {
                return known.Configuration;
            }

            try
            {
                _known = await AskAsync(cancellationToken);
            }
            catch (ProviderException) when (_known is { } old && old.FetchedAt + Longest > time.GetUtcNow())
            {
                // Keys that were right an hour ago let people in while the provider is away; it is asked again before long, not by everybody at once.
                _known = old with { FreshUntil = time.GetUtcNow() + RefetchPause };
            }

            return _known!.Configuration;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<Known> AskAsync(CancellationToken cancellationToken)
    {
        var (document, _) = await GetAsync($"{issuer}/.well-known/openid-configuration{(appId is null ? "" : $"?client_id={Uri.EscapeDataString(appId)}")}", cancellationToken);
        var configuration = Parse(() => new OpenIdConnectConfiguration(document));

        // OpenID Connect Discovery 1.0 §4.3: exactly the same. Codes, secrets and people go to these endpoints, so they must be the issuer's own.
        if (configuration.Issuer != issuer || !new[] { configuration.AuthorizationEndpoint, configuration.TokenEndpoint, configuration.JwksUri }.All(IsOwn)
            || !new[] { configuration.UserInfoEndpoint, configuration.EndSessionEndpoint }.All(endpoint => string.IsNullOrEmpty(endpoint) || IsOwn(endpoint)))
        {
            throw new ProviderException("The provider calls itself otherwise, or names endpoints that are not its own.");
        }

        var (keys, life) = await GetAsync(configuration.JwksUri, cancellationToken);
        configuration.JsonWebKeySet = Parse(() => new JsonWebKeySet(keys));
        foreach (var key in configuration.JsonWebKeySet.GetSigningKeys())
        {
            configuration.SigningKeys.Add(key);
        }

        var now = time.GetUtcNow();
        return new Known(configuration, now, now + life);
    }

    private async Task<(string Body, TimeSpan Life)> GetAsync(string url, CancellationToken cancellationToken)
    {
        if (!OutboundUrl.Parse(url, options.Value.AllowLoopback).TryGet(out var address, out _))
        {
            throw new ProviderException("The provider's address may not be called.");
        }

        try
        {
            using var client = clients.CreateClient(Providers.Client);
            using var response = await client.GetAsync(address, cancellationToken);
            var life = response.Headers.CacheControl?.MaxAge ?? Usual;
            return response.IsSuccessStatusCode
                ? (await response.Content.ReadAsStringAsync(cancellationToken), life < Shortest ? Shortest : life > Longest ? Longest : life)
                : throw new ProviderException($"The provider answered {(int)response.StatusCode}.");
        }
        catch (Exception exception) when (SendFailures.IsOne(exception))
        {
            throw new ProviderException(SendFailures.Of(exception).Error.Message);
        }
    }

    private static T Parse<T>(Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The library says in many ways that a document is none.
            throw new ProviderException("What the provider says about itself cannot be read.");
        }
    }

    private bool IsOwn(string? endpoint) =>
        Uri.TryCreate(endpoint, UriKind.Absolute, out var url) && url.GetLeftPart(UriPartial.Authority) == new Uri(issuer).GetLeftPart(UriPartial.Authority);

    private sealed record Known(OpenIdConnectConfiguration Configuration, DateTimeOffset FetchedAt, DateTimeOffset FreshUntil);
}
