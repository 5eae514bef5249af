using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrleansIdentity.OktaSimulator.Management.Tokens;

/// <summary>A JSON web token as it arrives. Read by hand, so that it is no library's word against its own.</summary>
internal sealed record SignedToken(JsonObject Header, JsonObject Claims, byte[] Signed, byte[] Signature)
{
    /// <summary>Takes one apart; null when it is none.</summary>
    public static SignedToken? Read(string text)
    {
        try
        {
            return text.Split('.') is [var header, var claims, var signature]
                && JsonNode.Parse(Base64Url.DecodeFromChars(header)) is JsonObject head
                && JsonNode.Parse(Base64Url.DecodeFromChars(claims)) is JsonObject body
                    ? new(head, body, Encoding.ASCII.GetBytes($"{header}.{claims}"), Base64Url.DecodeFromChars(signature))
                    : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The text of a claim.</summary>
    public string? Text(string claim) => (Claims[claim] as JsonValue)?.TryGetValue<string>(out var text) == true ? text : null;

    /// <summary>The number of a claim.</summary>
    public long? Number(string claim) => (Claims[claim] as JsonValue)?.TryGetValue<long>(out var number) == true ? number : null;

    /// <summary>The text of a member of the header.</summary>
    public string? HeaderText(string member) => (Header[member] as JsonValue)?.TryGetValue<string>(out var text) == true ? text : null;

    /// <summary>Whether a key made the signature, with the algorithm that belongs to the key.</summary>
    public bool IsSignedBy(AsymmetricAlgorithm key) => key switch
    {
        RSA rsa => HeaderText("alg") == "RS256" && rsa.VerifyData(Signed, Signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        ECDsa ec => HeaderText("alg") == "ES256" && ec.VerifyData(Signed, Signature, HashAlgorithmName.SHA256),
        _ => false,
    };
}
