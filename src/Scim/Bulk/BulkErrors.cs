using OrleansIdentity.Scim.Errors;

namespace OrleansIdentity.Scim.Bulk;

/// <summary>The errors of bulk requests and of operations in them.</summary>
public static class BulkErrors
{
    /// <summary>413 for a request.</summary>
    public static ScimError TooManyOperations(int max) => new(
        413, null, "bulk-too-many-operations", $"A bulk request has at most {max} operations. Send them in several requests.");

    /// <summary>409 for an operation: what a <c>bulkId</c> was to stand for is not there (RFC 7644 §3.7.2).</summary>
    public static ScimError Unresolved(string bulkId) => new(
        409, null, "bulk-reference-unresolved", $"Nothing was made for 'bulkId:{ScimErrors.Shortened(bulkId)}'. Nothing was changed. See what became of its POST.");

    /// <summary>409 for an operation: it and others need each other first (RFC 7644 §3.7.1).</summary>
    public static ScimError Circular() => new(
        409, null, "bulk-reference-circular", "This operation and others refer to each other in a circle that cannot be resolved. Nothing was changed. Send one without the reference.");

    /// <summary>503 for an operation that was not begun.</summary>
    public static ScimError NotBegun() => ScimErrors.Unavailable(
        "bulk-operation-not-begun", "The request's time was over, or what the operation needs was not answered for in time. It was not begun: send it again.");

    internal static ScimError BulkIdMissing() => ScimErrors.InvalidSyntax("bulk-id-missing", "'POST' needs a 'bulkId': a text that no other operation of the request has.");

    internal static ScimError DataMissing(string method) => ScimErrors.InvalidSyntax("bulk-data-missing", $"'{method}' needs 'data': the object that would be the body of a request of its own.");

    internal static ScimError Method() => ScimErrors.InvalidSyntax("bulk-method-unknown", "'method' must be POST, PUT, PATCH or DELETE.");

    internal static ScimError Path() => ScimErrors.InvalidPath(
        "bulk-path-unknown", "'path' must be that of an endpoint for POST, such as /Users, and that of a resource for PUT, PATCH and DELETE, such as /Users/id or /Users/bulkId:x.");

    internal static ScimError Member(string name) => ScimErrors.InvalidSyntax("bulk-member-type", $"'{name}' must be a text.");
}
