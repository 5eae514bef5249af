using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using OrleansIdentity.Saml.Signatures;

namespace OrleansIdentity.Saml.Requests;

/// <summary>Carries a request in a query string (bindings §3.4).</summary>
public static class RedirectBinding
{
    /// <summary>The URL to send the browser to.</summary>
    /// <param name="request">The request.</param>
    /// <param name="relayState">What comes back with the answer, or null; at most 80 bytes of UTF-8.</param>
    /// <param name="key">The key to sign with; null to send it unsigned.</param>
    /// <exception cref="ArgumentException">The relay state is too long.</exception>
    public static string Url(AuthnRequest request, string? relayState = null, SamlSigningKey? key = null)
    {
        RequestRelayState.ThrowIfTooLong(relayState);
        var query = "SAMLRequest=" + Uri.EscapeDataString(Convert.ToBase64String(Deflate(request.ToXml())));
        query += relayState is null ? "" : "&RelayState=" + Uri.EscapeDataString(relayState);
        if (key is not null)
        {
            // §3.4.4.1: signed is the query as it is sent, in this order.
            query += "&SigAlg=" + Uri.EscapeDataString(SignatureAlgorithms.RsaSha256);
            var signature = key.Key.SignData(Encoding.ASCII.GetBytes(query), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            query += "&Signature=" + Uri.EscapeDataString(Convert.ToBase64String(signature));
        }

        return request.Destination + (request.Destination.Contains('?') ? '&' : '?') + query;
    }

    private static byte[] Deflate(string xml)
    {
        using var output = new MemoryStream();
        using (var deflate = new DeflateStream(output, CompressionLevel.Optimal))
        {
            deflate.Write(Encoding.UTF8.GetBytes(xml));
        }

        return output.ToArray();
    }
}
