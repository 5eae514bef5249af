using OrleansIdentity.Scim.Filters;

namespace OrleansIdentity.Grains.Store;

/// <summary>An equality on an indexed attribute that every match of a filter must satisfy: an adapter looks it up and evaluates the rest.</summary>
/// <param name="Attribute">The canonical attribute path, as <see cref="IndexKey.Attribute"/> has it, or <c>id</c>.</param>
/// <param name="Value">The value, as <see cref="IndexKey.Value"/> has it.</param>
/// <param name="IsUnique">Whether at most one record can hold it.</param>
/// <param name="IsWhole">Whether the filter says nothing else.</param>
public sealed record IndexedLookup(string Attribute, string Value, bool IsUnique, bool IsWhole)
{
    /// <summary>The attribute that names the record itself.</summary>
    public const string Id = "id";

    private static readonly Dictionary<(string Kind, string Attribute), bool> Unique = new()
    {
        [(RecordKinds.User, Id)] = true,
        [(RecordKinds.User, "userName")] = true,
        [(RecordKinds.User, "externalId")] = true,
        [(RecordKinds.User, "emails.value")] = false,
        [(RecordKinds.Group, Id)] = true,
        [(RecordKinds.Group, "displayName")] = true,
        [(RecordKinds.Group, "externalId")] = false,
    };

    /// <summary>Finds such an equality: the filter itself or a part of a conjunction; a unique one if there is one. Null when there is none.</summary>
    public static IndexedLookup? From(string kind, Filter filter)
    {
        switch (filter)
        {
            case Comparison { Operator: ComparisonOperator.Equal, Value.Text: { } text } equality
                when Unique.TryGetValue((kind, equality.Path.ToString()), out var isUnique):
                return new IndexedLookup(equality.Path.ToString(), text, isUnique, IsWhole: true);
            case And both:
                var (left, right) = (From(kind, both.Left), From(kind, both.Right));
                var better = left is { IsUnique: true } ? left : right is { IsUnique: true } ? right : left ?? right;
                return better is null ? null : better with { IsWhole = false };
            default:
                return null;
        }
    }
}
