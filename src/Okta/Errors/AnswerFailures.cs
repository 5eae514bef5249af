using System.Net;
using OrleansIdentity.Okta.Results;

namespace OrleansIdentity.Okta.Errors;

/// <summary>Turns an answer without success into what an admin can act on.</summary>
internal static class AnswerFailures
{
    /// <summary>Okta's codes: the body decides, the status only where the body says nothing.</summary>
    /// <param name="status">The status.</param>
    /// <param name="body">The body.</param>
    /// <param name="hadCursor">Whether the request went on in a list: then Okta's complaint is about the place in it.</param>
    public static OktaFailure Of(HttpStatusCode status, ReadOnlySpan<byte> body, bool hadCursor)
    {
        var error = ErrorBody.Read(body);
        return (error.Code, (int)status) switch
        {
            (_, >= 500) => Unreachable(OktaErrors.ServerError),
            (_, >= 300 and < 400) => new OktaFailure.Unreachable(OktaErrors.Redirected),
            ("E0000007", _) => new OktaFailure.NotFound(),
            ("E0000011", _) => Refused(OktaErrors.TokenInvalid),
            ("E0000004", _) => Refused(OktaErrors.AuthenticationFailed),
            ("E0000006", _) => Refused(OktaErrors.NotPermitted),
            ("E0000022", _) => Refused(OktaErrors.NotAvailable),
            ("E0000001" or "E0000003" or "E0000031", 400) => Refused(hadCursor ? OktaErrors.CursorExpired : OktaErrors.RequestInvalid),
            ("invalid_client" or "unauthorized_client", _) => Refused(OktaErrors.ClientInvalid),
            ("invalid_scope", _) => Refused(OktaErrors.ScopeNotGranted),
            ("access_denied", _) => Refused(OktaErrors.NotPermitted),
            ("invalid_dpop_proof" or "use_dpop_nonce", _) => Refused(OktaErrors.DpopRefused),
            ("invalid_request" or "invalid_grant" or "unsupported_grant_type", _) => Refused(OktaErrors.RequestInvalid),
            (_, 401) => Refused(OktaErrors.AuthenticationFailed),
            (_, 403) => Refused(OktaErrors.NotPermitted),

            // A 404 that is not Okta's own says nothing about a user: something else answers at this address.
            _ => Unreachable(OktaErrors.Unexpected((int)status)),
        };

        OktaFailure Refused(OktaError what) => new OktaFailure.Refused(what with { Code = error.Code, ErrorId = error.ErrorId });

        OktaFailure Unreachable(OktaError what) => new OktaFailure.Unreachable(what with { Code = error.Code, ErrorId = error.ErrorId });
    }
}
