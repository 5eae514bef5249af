using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Paths;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Sorting;

/// <summary>The order of a list (RFC 7644 §3.4.2.3), resolved against a resource type.</summary>
/// <param name="Path">By which attribute.</param>
/// <param name="Descending">Whether the greatest comes first; what has no value is the greatest.</param>
public sealed record Sort(AttributePath Path, bool Descending)
{
    /// <summary>Reads <c>sortBy</c> and <c>sortOrder</c>. An order without an attribute has nothing to be applied to, and is ignored.</summary>
    /// <param name="type">The resources' type.</param>
    /// <param name="others">The other types in the list: resources of this type have no value of an attribute that only those know.</param>
    /// <param name="sortBy">The attribute; null for none.</param>
    /// <param name="sortOrder"><c>ascending</c> or <c>descending</c>; null for ascending.</param>
    /// <returns>The order, null when none is asked for; or 400 <c>invalidValue</c>: <c>invalidPath</c> is about the paths of PATCH (RFC 7644 §3.12).</returns>
    public static Outcome<Sort?> Parse(ResourceType type, IReadOnlyList<ResourceType> others, string? sortBy, string? sortOrder)
    {
        if (sortBy is null)
        {
            return (Sort?)null;
        }

        if (!AttributePath.Parse(type, others, sortBy).TryGet(out var path, out var error))
        {
            return ScimErrors.InvalidValue("sort-unknown-attribute", error.Detail);
        }

        // As in a filter, a complex attribute stands for its "value".
        path = path is { SubAttribute: null, Attribute.Type: AttributeType.Complex } ? path with { SubAttribute = path.Attribute.Find("value") } : path;
        if (path.Attribute.Returned == Returned.Never || path.Target.Returned == Returned.Never)
        {
            return ScimErrors.InvalidValue("sort-forbidden-attribute", $"'{path}' cannot be sorted by.");
        }

        if (path.Attribute.StoredApart)
        {
            return ScimErrors.InvalidValue("sort-membership", $"Nothing can be sorted by '{path.Attribute.Name}'. Sort by an attribute of the resource itself.");
        }

        if (path.Target.Type == AttributeType.Complex)
        {
            return ScimErrors.InvalidValue("sort-complex-attribute", $"'{path}' has sub-attributes. Sort by one of them.");
        }

        return sortOrder switch
        {
            null => new Sort(path, Descending: false),
            _ when sortOrder.Equals("ascending", StringComparison.OrdinalIgnoreCase) => new Sort(path, Descending: false),
            _ when sortOrder.Equals("descending", StringComparison.OrdinalIgnoreCase) => new Sort(path, Descending: true),
            _ => ScimErrors.InvalidValue("sort-order-unknown", "'sortOrder' must be 'ascending' or 'descending'. Correct it, or leave it out."),
        };
    }
}
