using System.Text.Json;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Bulk;

/// <summary>A bulk request (RFC 7644 §3.7).</summary>
/// <param name="Operations">Its operations, in their order. One that is wrong by itself says so and does not keep the others from being carried out.</param>
/// <param name="FailOnErrors">After how many errors the rest is not carried out; null for never.</param>
public sealed record BulkRequest(IReadOnlyList<BulkOperation> Operations, int? FailOnErrors)
{
    // What stands around the data of an operation: the request, its array, the operation.
    private const int EnvelopeDepth = 3;

    /// <summary>Reads the body.</summary>
    /// <returns>The request; or 400 <c>invalidSyntax</c> or <c>invalidValue</c> for what leaves no operation that could be answered; or 413.</returns>
    public static Outcome<BulkRequest> Read(IReadOnlyList<ResourceType> types, ReadOnlyMemory<byte> utf8Json, ScimLimits limits)
    {
        if (!JsonBody.Parse(utf8Json, limits with { MaxJsonDepth = limits.MaxJsonDepth + EnvelopeDepth }).TryGet(out var root, out var error))
        {
            return error;
        }

        if (!JsonBody.Names(root, SchemaUrns.BulkRequest))
        {
            return ScimErrors.InvalidSyntax("bulk-schema-missing", $"'schemas' must name \"{SchemaUrns.BulkRequest}\".");
        }

        if (JsonBody.Twice(root) is { } twice)
        {
            return twice;
        }

        if (JsonBody.Member(root, "Operations") is not { ValueKind: JsonValueKind.Array } given || given.GetArrayLength() == 0)
        {
            return ScimErrors.InvalidSyntax("bulk-operations-missing", "'Operations' must be an array with at least one operation.");
        }

        if (given.GetArrayLength() > limits.MaxBulkOperations)
        {
            return BulkErrors.TooManyOperations(limits.MaxBulkOperations);
        }

        if (!FailsOn(root).TryGet(out var failOnErrors, out error) || !ReadAll(types, given).TryGet(out var operations, out error))
        {
            return error;
        }

        return new BulkRequest(operations, failOnErrors.Count);
    }

    private static Outcome<Limit> FailsOn(JsonElement root) => JsonBody.Member(root, "failOnErrors") switch
    {
        null or { ValueKind: JsonValueKind.Null } => default(Limit),
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var count) && count > 0 => new Limit(count),
        _ => ScimErrors.InvalidValue("bulk-fail-on-errors", "'failOnErrors' must be a whole number from 1. Leave it out to have every operation carried out."),
    };

    private static Outcome<BulkOperation[]> ReadAll(IReadOnlyList<ResourceType> types, JsonElement given)
    {
        var operations = new BulkOperation[given.GetArrayLength()];
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, element) in given.EnumerateArray().Index())
        {
            if (element.ValueKind != JsonValueKind.Object)
            {
                return ScimErrors.InvalidSyntax("bulk-operation-not-an-object", $"Operation {index + 1} is no object.");
            }

            if (JsonBody.Twice(element) is { } twice)
            {
                return twice;
            }

            operations[index] = BulkOperationReader.Read(types, index, element);
            if (operations[index].BulkId is { } name && !names.Add(name))
            {
                return ScimErrors.InvalidValue(
                    "bulk-id-repeated", $"The bulkId '{ScimErrors.Shortened(name)}' is given twice, so it is not known what refers to which. Give each operation its own.");
            }
        }

        return operations;
    }

    private readonly record struct Limit(int? Count);
}
