using Microsoft.Extensions.Options;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Okta;
using OrleansIdentity.Okta.Errors;
using OrleansIdentity.Okta.Outbound;

namespace OrleansIdentity.Api.Settings;

/// <summary>Fetches metadata from an address that an admin typed, through the guard that keeps such addresses outside.</summary>
internal sealed class SamlMetadataSource(IHttpClientFactory clients, IOptions<OktaOptions> options)
{
    /// <summary>The name of the guarded HTTP client.</summary>
    public const string Client = "saml-metadata";

    /// <summary>The document, or why it could not be fetched.</summary>
    public async Task<(string? Xml, Refusal? Refused)> FetchAsync(string url, CancellationToken cancellationToken)
    {
        if (!OutboundUrl.Parse(url, options.Value.AllowLoopback).TryGet(out var address, out var failure))
        {
            return (null, Refuse($"{failure.Describe().Message} Nothing was changed."));
        }

        try
        {
            using var client = clients.CreateClient(Client);
            using var response = await client.GetAsync(address, cancellationToken);
            return response.IsSuccessStatusCode
                ? (await response.Content.ReadAsStringAsync(cancellationToken), null)
                : (null, Refuse($"The address answered {(int)response.StatusCode}. Nothing was changed. Copy the metadata URL anew from Okta, or paste the metadata."));
        }
        catch (Exception exception) when (SendFailures.IsOne(exception))
        {
            return (null, Refuse($"{SendFailures.Of(exception).Error.Message} Nothing was changed."));
        }
    }

    private static Refusal Refuse(string detail) => new(422, "saml-metadata-unreachable", detail);
}
