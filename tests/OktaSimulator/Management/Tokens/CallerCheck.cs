using Microsoft.AspNetCore.Http;

namespace OrleansIdentity.OktaSimulator.Management.Tokens;

/// <summary>Finds out who calls the API.</summary>
internal static class CallerCheck
{
    /// <summary>The caller; null when the request was answered instead.</summary>
    public static async Task<Caller?> AuthenticateAsync(SimulatedOrg org, HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        var space = header.IndexOf(' ', StringComparison.Ordinal);
        var (scheme, token) = space < 0 ? ("", "") : (header[..space], header[(space + 1)..]);
        if (scheme == "SSWS" && org.Tokens.FindApiToken(token) is { } admin)
        {
            return admin;
        }

        if (scheme is not ("Bearer" or "DPoP") || org.Tokens.FindAccessToken(token) is not { } found || scheme == "DPoP" != found.Thumbprint is not null)
        {
            await org.Errors.InvalidTokenAsync(http);
            return null;
        }

        if (found.Thumbprint is null)
        {
            return found.Caller;
        }

        var (verdict, thumbprint) = DpopProof.Check(org, http.Request, token, org.Tokens.ApiAsksForNonce);
        if (verdict == DpopVerdict.Good && thumbprint == found.Thumbprint)
        {
            return found.Caller;
        }

        if (verdict == DpopVerdict.NeedsNonce)
        {
            http.Response.Headers["DPoP-Nonce"] = org.Tokens.Nonce;
        }

        http.Response.Headers.WWWAuthenticate = $"DPoP error=\"{(verdict == DpopVerdict.NeedsNonce ? "use_dpop_nonce" : "invalid_dpop_proof")}\"";
        await org.Errors.InvalidTokenAsync(http);
        return null;
    }
}
