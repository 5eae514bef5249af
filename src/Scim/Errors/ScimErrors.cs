namespace OrleansIdentity.Scim.Errors;

/// <summary>The errors of the engine and of the HTTP door in front of it.</summary>
public static class ScimErrors
{
    /// <summary>400 <c>invalidFilter</c>.</summary>
    public static ScimError InvalidFilter(string id, string detail) => new(400, "invalidFilter", id, detail);

    /// <summary>400 <c>invalidPath</c>.</summary>
    public static ScimError InvalidPath(string id, string detail) => new(400, "invalidPath", id, detail);

    /// <summary>400 <c>invalidSyntax</c>.</summary>
    public static ScimError InvalidSyntax(string id, string detail) => new(400, "invalidSyntax", id, detail);

    /// <summary>400 <c>invalidValue</c>.</summary>
    public static ScimError InvalidValue(string id, string detail) => new(400, "invalidValue", id, detail);

    /// <summary>400 <c>mutability</c>.</summary>
    public static ScimError Mutability(string id, string detail) => new(400, "mutability", id, detail);

    /// <summary>400 <c>noTarget</c>.</summary>
    public static ScimError NoTarget(string id, string detail) => new(400, "noTarget", id, detail);

    /// <summary>400 <c>invalidVers</c> (RFC 7644 §3.13).</summary>
    public static ScimError InvalidVersion(string version) => new(
        400, "invalidVers", "version-unsupported", $"SCIM version '{Shortened(version)}' is not supported. Use v2: the base URL ends with /scim/v2.");

    /// <summary>400 <c>invalidCursor</c> (RFC 9865): one text for every cursor that is not the caller's own, so that it tells nothing about others.</summary>
    public static ScimError InvalidCursor() => new(
        400, "invalidCursor", "cursor-invalid", "The cursor is not one that this list has given to this token. Start again with an empty cursor.");

    /// <summary>400 <c>invalidCursor</c>: the caller's own cursor, of another query.</summary>
    public static ScimError CursorOfAnotherQuery() => new(
        400, "invalidCursor", "cursor-of-another-query", "The cursor was given for another filter or sort. Send those again, or start with an empty cursor.");

    /// <summary>400 <c>expiredCursor</c> (RFC 9865).</summary>
    public static ScimError ExpiredCursor(TimeSpan timeout) => new(
        400, "expiredCursor", "cursor-expired", $"The cursor is older than {timeout.TotalSeconds:0} seconds. Start again with an empty cursor.");

    /// <summary>400 <c>invalidCount</c> (RFC 9865): no count for a walk by cursor.</summary>
    public static ScimError InvalidCount(int max) => new(
        400, "invalidCount", "count-invalid", $"With a cursor, 'count' must be an integer from 1 to {max}. Correct it, or leave it out.");

    /// <summary>400 <c>invalidCount</c>: not the one that the walk began with.</summary>
    public static ScimError CountChanged(int count) => new(
        400, "invalidCount", "count-changed", $"The cursor was given for a 'count' of {count}. Send that again, or start with an empty cursor.");

    /// <summary>401: the same for every credential that is not live, so that it tells nothing.</summary>
    /// <param name="schemeTwice">Whether the scheme was pasted into the token field, which is all that may be said.</param>
    public static ScimError Unauthorized(bool schemeTwice) => schemeTwice
        ? new(401, null, "bearer-scheme-twice", "The Authorization header says 'Bearer' twice. Paste the token alone, without the word 'Bearer'.")
        : new(401, null, "token-invalid", "The bearer token is missing, wrong or revoked, or the base URL is not right. Check both where the token was made.");

    /// <summary>403: a live token of a tenant for which the vendor has not enabled the integration.</summary>
    public static ScimError IntegrationDisabled() => new(
        403, null, "integration-disabled", "The Okta integration is disabled for this tenant. Nothing was changed. Ask the vendor to enable it.");

    /// <summary>403: a live token of a tenant whose users are not provisioned by SCIM now.</summary>
    public static ScimError OtherMethod() => new(
        403, null, "provisioning-method", "This tenant's users are not provisioned by SCIM at the moment. Nothing was changed. Start the move to SCIM in Settings > Integrations > Okta first.");

    /// <summary>403: discovery lists cannot be filtered (RFC 7644 §4).</summary>
    public static ScimError FilterForbidden() => new(403, null, "filter-forbidden", "Discovery endpoints cannot be filtered. Leave the filter out.");

    /// <summary>404 for a resource.</summary>
    public static ScimError NotFound(string resourceType, string id) => new(
        404, null, "resource-not-found", $"There is no {resourceType} '{id}'. It may have been deleted; look it up anew.");

    /// <summary>404 for a path.</summary>
    public static ScimError UnknownEndpoint(string path) => new(
        404, null, "endpoint-unknown", $"There is no endpoint '{Shortened(path)}'. See /ResourceTypes for those that there are.");

    /// <summary>405.</summary>
    public static ScimError MethodNotAllowed(string method) => new(
        405, null, "method-not-allowed", $"This endpoint does not support {Shortened(method)}. The Allow header names the methods that it does.");

    /// <summary>409 <c>uniqueness</c>.</summary>
    /// <param name="attribute">The attribute whose value is taken.</param>
    /// <param name="holder">Who has it, such as <c>user 0192…</c>.</param>
    public static ScimError Uniqueness(string attribute, string holder) => new(
        409, "uniqueness", "value-taken", $"The value of '{attribute}' belongs to {holder} already. Link to that one, or choose another value.");

    /// <summary>412.</summary>
    /// <param name="current">The entity tag that the resource has.</param>
    public static ScimError PreconditionFailed(string current) => new(
        412, null, "version-mismatch", $"If-Match does not name the resource's version, which is {current}. Read it again and decide anew.");

    /// <summary>413 for a body.</summary>
    public static ScimError PayloadTooLarge(int maxBytes) => new(
        413, null, "body-too-large", $"The body is larger than {maxBytes} bytes. Send less at once.");

    /// <summary>413 for a PATCH request.</summary>
    public static ScimError TooManyOperations(int max) => new(
        413, null, "too-many-operations", $"A PATCH request has at most {max} operations. Send them in several requests.");

    /// <summary>415.</summary>
    public static ScimError UnsupportedMediaType() => new(
        415, null, "media-type-unsupported", "The body must be application/scim+json or application/json, in UTF-8. Set Content-Type.");

    /// <summary>500.</summary>
    public static ScimError Internal(string correlationId) => new(
        500, null, "internal", $"The request failed for a reason that is not yours. Tell the vendor this id: {correlationId}.");

    /// <summary>501.</summary>
    public static ScimError NotImplemented(string path) => new(
        501, null, "not-implemented", $"'{Shortened(path)}' is part of SCIM and not supported here; /ServiceProviderConfig says what is.");

    /// <summary>501 for <c>/Me</c> (RFC 7644 §3.11).</summary>
    public static ScimError NoSubject() => new(
        501, null, "caller-is-no-user", "A SCIM token stands for the tenant's directory, not for a user, so there is nobody that '/Me' could mean. Use /Users/{id}.");

    /// <summary>503, sent with <c>Retry-After</c>: the request's time was over.</summary>
    public static ScimError DeadlineExceeded() => Unavailable("deadline-exceeded", "There was no answer in time. Try again.");

    /// <summary>503, sent with <c>Retry-After</c>.</summary>
    public static ScimError Unavailable(string id, string detail) => new(503, null, id, detail);

    /// <summary>400 <c>invalidValue</c> for members that are no users of the tenant.</summary>
    public static ScimError UnknownMembers(IReadOnlyList<string> ids)
    {
        const int Named = 20;
        var names = string.Join(", ", ids.Take(Named).Select(id => $"'{Shortened(id)}'"));
        var more = ids.Count > Named ? $" and {ids.Count - Named} more" : "";
        return InvalidValue("member-unknown", $"No user of this tenant has the id {names}{more}. Nothing was changed. Provision the users first, then push the group again.");
    }

    /// <summary>As much of what was sent as an error repeats.</summary>
    internal static string Shortened(string text) => text.Length <= 100 ? text : text[..100] + "…";
}
