using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using OrleansIdentity.Api.SignIn.SignOn;
using OrleansIdentity.Grains.Contracts.Integrations;
using OrleansIdentity.Okta.Errors;

namespace OrleansIdentity.Api.SignIn.Oidc;

/// <summary>
/// Redeems a code, with the client secret in the header (RFC 6749 §2.3.1). While a secret is being exchanged two are live: the newest is tried first, the other one when
/// the provider does not know that one, which leaves the code unused (§5.2).
/// </summary>
internal sealed class CodeRedemption(ClientSecrets secrets, IHttpClientFactory clients)
{
    /// <summary>Redeems a code.</summary>
    /// <exception cref="OidcRefusedException">The provider refuses, or does not answer.</exception>
    public async Task<OpenIdConnectMessage> RedeemAsync(string tenant, OidcSettings settings, OpenIdConnectMessage request, string endpoint, CancellationToken cancellationToken)
    {
        foreach (var secret in settings.Secrets)
        {
            var answer = await SendAsync(settings.ClientId, secrets.Open(tenant, secret), request, endpoint, cancellationToken);
            if (answer.Error != "invalid_client")
            {
                return answer switch
                {
                    { Error: null, IdToken.Length: > 0 } => answer,
                    { Error: "invalid_grant" } => throw new OidcRefusedException(SignOnRefusals.CodeRefused),
                    _ => throw new OidcRefusedException(SignOnRefusals.ProviderError),
                };
            }
        }

        throw new OidcRefusedException(SignOnRefusals.ClientRefused);
    }

    private async Task<OpenIdConnectMessage> SendAsync(string clientId, string secret, OpenIdConnectMessage request, string endpoint, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Content = new FormUrlEncodedContent(request.Parameters.Where(one => one.Key is not ("client_id" or "client_secret"))),
        };
        var pair = $"{Uri.EscapeDataString(clientId)}:{Uri.EscapeDataString(secret)}";
        message.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        message.Headers.Accept.ParseAdd("application/json");
        try
        {
            using var client = clients.CreateClient(Providers.Client);
            using var response = await client.SendAsync(message, cancellationToken);
            return new OpenIdConnectMessage(await response.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (Exception exception) when (SendFailures.IsOne(exception))
        {
            throw new OidcRefusedException(SignOnRefusals.ProviderUnavailable);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw new OidcRefusedException(SignOnRefusals.ProviderError);
        }
    }
}
