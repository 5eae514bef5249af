using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OrleansIdentity.Okta.Errors;
using OrleansIdentity.Okta.Outbound;
using OrleansIdentity.Okta.Results;

namespace OrleansIdentity.Okta.Connection;

/// <summary>
/// Tests sign-in settings against the org's own endpoints, as far as nobody has to sign in: Okta says no in different ways to a wrong client, a wrong redirect URI, a
/// wrong secret, and to a request that is right but comes from nobody.
/// </summary>
public sealed class SignInCheck
{
    /// <summary>The name of its HTTP client.</summary>
    internal const string Client = "okta-sign-in-check";

    private readonly IHttpClientFactory _clients;
    private readonly OktaOptions _options;

    internal SignInCheck(IHttpClientFactory clients, IOptions<OktaOptions> options) => (_clients, _options) = (clients, options.Value);

    /// <summary>Runs all checks.</summary>
    /// <returns>Issuer, redirect URI (with client id) and client secret, in this order.</returns>
    public async Task<IReadOnlyList<ConnectionCheck>> RunAsync(SignInSettings settings, CancellationToken cancellationToken = default)
    {
        var (issuer, endpoints) = await CheckIssuerAsync(settings, cancellationToken);
        return endpoints is null
            ? [issuer, ConnectionCheck.Skip(CheckIds.RedirectUri, CheckIds.Issuer), ConnectionCheck.Skip(CheckIds.ClientSecret, CheckIds.Issuer)]
            : [issuer, await CheckRedirectAsync(settings, endpoints, cancellationToken), await CheckSecretAsync(settings, endpoints, cancellationToken)];
    }

    private async Task<(ConnectionCheck Check, Discovery? Endpoints)> CheckIssuerAsync(SignInSettings settings, CancellationToken cancellationToken)
    {
        var text = settings.Issuer.Trim().TrimEnd('/');
        if (!OutboundUrl.Parse(text, _options.AllowLoopback).TryGet(out var issuer, out var failure))
        {
            return (ConnectionCheck.Fail(CheckIds.Issuer, failure), null);
        }

        var asked = await AskAsync(new HttpRequestMessage(HttpMethod.Get, $"{text}/.well-known/openid-configuration"), cancellationToken);
        if (!asked.TryGet(out var answer, out failure))
        {
            return (ConnectionCheck.Fail(CheckIds.Issuer, failure), null);
        }

        if (answer.Status != HttpStatusCode.OK || Discovery.Read(answer.Body) is not { } found)
        {
            return (Fail("issuer-not-found", "There is no OpenID provider at this issuer. For the org's own issuer give https://acme.okta.com, for a custom one https://acme.okta.com/oauth2/default."), null);
        }

        // OpenID Connect Discovery 1.0 §4.3: exactly the same. The secret goes to these endpoints, so they must be the issuer's own.
        return found.Issuer == text && IsOf(issuer, found.AuthorizationEndpoint) && IsOf(issuer, found.TokenEndpoint)
            ? (ConnectionCheck.Pass(CheckIds.Issuer, "The issuer is there and says who it is."), found)
            : (Fail("issuer-mismatch", "The provider at this address calls itself otherwise. Give the issuer exactly as Okta shows it, with the same host name."), null);

        ConnectionCheck Fail(string id, string message) => ConnectionCheck.Fail(CheckIds.Issuer, new OktaError(id, message));
    }

    private async Task<ConnectionCheck> CheckRedirectAsync(SignInSettings settings, Discovery endpoints, CancellationToken cancellationToken)
    {
        var challenge = Base64UrlEncoder.Encode(SHA256.HashData(RandomNumberGenerator.GetBytes(32)));
        var query = string.Join('&', new (string Name, string Value)[]
        {
            ("client_id", settings.ClientId), ("redirect_uri", settings.RedirectUri.OriginalString), ("response_type", "code"), ("scope", "openid"), ("prompt", "none"),
            ("state", "connection-test"), ("nonce", "connection-test"), ("code_challenge", challenge), ("code_challenge_method", "S256"),
        }.Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value)}"));
        var asked = await AskAsync(new HttpRequestMessage(HttpMethod.Get, $"{endpoints.AuthorizationEndpoint}?{query}"), cancellationToken);
        if (!asked.TryGet(out var answer, out var failure))
        {
            return ConnectionCheck.Fail(CheckIds.RedirectUri, failure);
        }

        // Okta sends back only to an address that it knows for this client; otherwise its page stays where it is.
        var back = answer.Location?.OriginalString;
        if (back is null || !back.StartsWith($"{settings.RedirectUri.OriginalString}?", StringComparison.Ordinal))
        {
            return ConnectionCheck.Fail(CheckIds.RedirectUri, new OktaError(
                "redirect-uri-refused",
                $"Okta does not know the client id, or this redirect URI is not among its sign-in redirect URIs. Add {settings.RedirectUri.OriginalString} to the app in Okta, exactly so."));
        }

        return back.Contains("error=login_required", StringComparison.Ordinal) || back.Contains("code=", StringComparison.Ordinal)
            ? ConnectionCheck.Pass(CheckIds.RedirectUri, "Okta knows the client id and sends people back to this product.")
            : ConnectionCheck.Fail(CheckIds.RedirectUri, new OktaError(
                "sign-in-not-allowed", "Okta knows client id and redirect URI, and refuses the request. Allow the grant type 'Authorization Code' in the app and check the issuer's access policies."));
    }

    private async Task<ConnectionCheck> CheckSecretAsync(SignInSettings settings, Discovery endpoints, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, endpoints.TokenEndpoint)
        {
            Content = new FormUrlEncodedContent(
            [
                new("grant_type", "authorization_code"), new("code", "connection-test"), new("code_verifier", new string('0', 43)), new("redirect_uri", settings.RedirectUri.OriginalString),
            ]),
        };
        var pair = $"{Uri.EscapeDataString(settings.ClientId)}:{Uri.EscapeDataString(settings.ClientSecret.Reveal())}";
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        var asked = await AskAsync(request, cancellationToken);
        if (!asked.TryGet(out var answer, out var failure))
        {
            return ConnectionCheck.Fail(CheckIds.ClientSecret, failure);
        }

        // A made-up code is refused either way; how tells whether the secret was right.
        return ErrorBody.Read(answer.Body).Code switch
        {
            "invalid_grant" => ConnectionCheck.Pass(CheckIds.ClientSecret, "Okta accepts client id and secret."),
            "invalid_client" => ConnectionCheck.Fail(
                CheckIds.ClientSecret, new OktaError("client-secret-wrong", "Okta does not accept the client secret. Copy it anew from the app in Okta; it may have been rotated.")),
            _ => ConnectionCheck.Fail(CheckIds.ClientSecret, OktaErrors.Unexpected((int)answer.Status)),
        };
    }

    private async Task<OktaResult<Answer>> AskAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using (request)
            {
                using var client = _clients.CreateClient(Client);
                using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
                return new Answer(response.StatusCode, response.Headers.Location, await response.Content.ReadAsByteArrayAsync(cancellationToken));
            }
        }
        catch (Exception exception) when (SendFailures.IsOne(exception))
        {
            return SendFailures.Of(exception);
        }
    }

    private static bool IsOf(Uri issuer, string? endpoint) =>
        Uri.TryCreate(endpoint, UriKind.Absolute, out var url) && url.GetLeftPart(UriPartial.Authority) == issuer.GetLeftPart(UriPartial.Authority);

    private sealed record Answer(HttpStatusCode Status, Uri? Location, byte[] Body);
}
