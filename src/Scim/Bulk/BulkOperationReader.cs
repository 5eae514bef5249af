using System.Text.Json;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Bulk;

/// <summary>Reads one operation of a bulk request.</summary>
internal static class BulkOperationReader
{
    public static BulkOperation Read(IReadOnlyList<ResourceType> types, int index, JsonElement element)
    {
        var sent = Text(element, "method").Value ?? "";
        var method = sent.ToUpperInvariant();
        var isKnown = method is "POST" or "PUT" or "PATCH" or "DELETE";
        var bulkId = Text(element, "bulkId");
        var operation = new BulkOperation
        {
            Index = index,
            Method = isKnown ? method : ScimErrors.Shortened(sent),
            BulkId = bulkId is { IsText: true, Value.Length: > 0 } ? bulkId.Value : null,
        };
        return isKnown ? Complete(types, operation, element, bulkId.IsText) : operation with { Error = BulkErrors.Method() };
    }

    private static BulkOperation Complete(IReadOnlyList<ResourceType> types, BulkOperation operation, JsonElement element, bool bulkIdIsText)
    {
        if (!bulkIdIsText)
        {
            return operation with { Error = BulkErrors.Member("bulkId") };
        }

        if (operation is { Creates: true, BulkId: null })
        {
            return operation with { Error = BulkErrors.BulkIdMissing() };
        }

        if (Text(element, "version") is not { IsText: true } version)
        {
            return operation with { Error = BulkErrors.Member("version") };
        }

        if (Address(types, Text(element, "path").Value ?? "") is not var (type, id) || operation.Creates != id is null)
        {
            return operation with { Error = BulkErrors.Path() };
        }

        operation = operation with { Type = type, Id = id, Version = version.Value is { Length: > 0 } tags && !operation.Creates ? tags : null };
        if (operation.Method != "DELETE")
        {
            if (JsonBody.Member(element, "data") is not { ValueKind: JsonValueKind.Object } data)
            {
                return operation with { Error = BulkErrors.DataMissing(operation.Method) };
            }

            operation = operation with { Data = data };
        }

        return operation with { References = BulkReferences.Of(operation) };
    }

    // RFC 7644 §3.7: relative to the base URL. One or two names, and nothing of what else a URL could have: the rest is the id, which is looked up and not resolved.
    private static (ResourceType Type, string? Id)? Address(IReadOnlyList<ResourceType> types, string path)
    {
        var names = path.StartsWith('/') ? path[1..].Split('/') : [];
        return names.Length is 1 or 2
            && names.All(name => name.Length > 0)
            && types.FirstOrDefault(type => type.Endpoint.AsSpan(1).Equals(names[0], StringComparison.OrdinalIgnoreCase)) is { } found
            ? (found, names.Length == 2 ? names[1] : null)
            : null;
    }

    private static (bool IsText, string? Value) Text(JsonElement element, string name) => JsonBody.Member(element, name) switch
    {
        null or { ValueKind: JsonValueKind.Null } => (true, null),
        { ValueKind: JsonValueKind.String } text => (true, text.GetString()),
        _ => (false, null),
    };
}
