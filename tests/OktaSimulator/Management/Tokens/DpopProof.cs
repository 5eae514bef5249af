using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OrleansIdentity.OktaSimulator.Management.Tokens;

/// <summary>What became of a proof.</summary>
internal enum DpopVerdict
{
    Good,
    NeedsNonce,
    Bad,
}

/// <summary>Checks proofs of possession (RFC 9449 §4.3).</summary>
internal static class DpopProof
{
    private const int SecondsOff = 300;

    /// <summary>Checks the proof of a request.</summary>
    /// <param name="org">The org.</param>
    /// <param name="request">The request.</param>
    /// <param name="accessToken">The token that came with it; null at the token endpoint.</param>
    /// <param name="needsNonce">Whether a nonce must be in it.</param>
    /// <returns>The verdict, and the key's thumbprint (RFC 7638) when it is good.</returns>
    public static (DpopVerdict Verdict, string? Thumbprint) Check(SimulatedOrg org, HttpRequest request, string? accessToken, bool needsNonce)
    {
        if (request.Headers["DPoP"] is not [{ } text] || SignedToken.Read(text) is not { } proof || proof.HeaderText("typ") != "dpop+jwt")
        {
            return (DpopVerdict.Bad, null);
        }

        if (proof.Header["jwk"] is not JsonObject jwk || jwk.ContainsKey("d") || jwk["x"]?.GetValue<string>() is not { } x || jwk["y"]?.GetValue<string>() is not { } y)
        {
            return (DpopVerdict.Bad, null);
        }

        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Base64Url.DecodeFromChars(x), Y = Base64Url.DecodeFromChars(y) },
        });
        var isGood = proof.IsSignedBy(key)
            && proof.Text("htm") == request.Method
            && proof.Text("htu") == $"{request.Scheme}://{request.Host}{request.Path.ToUriComponent()}"
            && Math.Abs((proof.Number("iat") ?? 0) - org.Clock.GetUtcNow().ToUnixTimeSeconds()) <= SecondsOff
            && proof.Text("ath") == (accessToken is null ? null : Hash(accessToken))
            && proof.Text("jti") is { Length: > 0 } id
            && org.Tokens.IsFirstUse($"dpop {id}");
        if (!isGood)
        {
            return (DpopVerdict.Bad, null);
        }

        return needsNonce && proof.Text("nonce") != org.Tokens.Nonce
            ? (DpopVerdict.NeedsNonce, null)
            : (DpopVerdict.Good, Hash($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}"""));
    }

    private static string Hash(string text) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(text)));
}
