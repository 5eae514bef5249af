using System.Text.Json;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Bulk;

/// <summary>What operations do to values that one resource of a type has at a time.</summary>
internal static class BulkNames
{
    /// <summary>Whether one may take a value that the other takes too, or gives up.</summary>
    public static bool Conflict(BulkOperation one, BulkOperation two) =>
        (GivesUp(one) && Takes(two)) || (GivesUp(two) && Takes(one)) || (one.Creates && two.Creates && TakeTheSame(one, two));

    private static bool GivesUp(BulkOperation operation) => operation.Method is "DELETE" or "PUT" || (operation.Method == "PATCH" && Mentions(operation));

    private static bool Takes(BulkOperation operation) => operation.Method is "POST" or "PUT" || (operation.Method == "PATCH" && Mentions(operation));

    private static bool TakeTheSame(BulkOperation one, BulkOperation two) => Unique(one.Type!)
        .Any(attribute => Value(one, attribute) is { } value && Value(two, attribute) is { } other && CaseFolding.Fold(value) == CaseFolding.Fold(other));

    private static bool Mentions(BulkOperation operation) => Unique(operation.Type!).Any(attribute => Mentions(operation.Data, attribute));

    private static bool Mentions(JsonElement element, string attribute) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!.Contains(attribute, StringComparison.OrdinalIgnoreCase),
        JsonValueKind.Array => element.EnumerateArray().Any(inner => Mentions(inner, attribute)),
        JsonValueKind.Object => element.EnumerateObject()
            .Any(member => member.Name.Contains(attribute, StringComparison.OrdinalIgnoreCase) || Mentions(member.Value, attribute)),
        _ => false,
    };

    private static string? Value(BulkOperation operation, string attribute) =>
        JsonBody.Member(operation.Data, attribute) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    // RFC 7643 has no word for it, but the id that the client's directory has for a resource belongs to one of them.
    private static IEnumerable<string> Unique(ResourceType type) =>
        type.Attributes.Where(attribute => attribute.Uniqueness != Uniqueness.None).Select(attribute => attribute.Name).Append("externalId");
}
