using System.Collections.Immutable;

namespace OrleansIdentity.Scim.Schemas;

/// <summary>Short names for the shapes that recur in RFC 7643 §8.7, so that a schema reads as the table that it is.</summary>
internal static class Attributes
{
    public static AttributeDefinition Text(string name, string description) => new() { Name = name, Description = description };

    public static AttributeDefinition Uri(string name, string description, params string[] referenceTypes) => new()
    {
        Name = name,
        Description = description,
        Type = AttributeType.Reference,
        CaseExact = true,
        ReferenceTypes = [.. referenceTypes.DefaultIfEmpty("external")],
    };

    public static AttributeDefinition Flag(string name, string description) => new() { Name = name, Description = description, Type = AttributeType.Boolean };

    public static AttributeDefinition Complex(string name, string description, params ImmutableArray<AttributeDefinition> parts) => new()
    {
        Name = name,
        Description = description,
        Type = AttributeType.Complex,
        SubAttributes = parts,
    };

    /// <summary>A multi-valued attribute with the usual sub-attributes of RFC 7643 §2.4.</summary>
    public static AttributeDefinition Values(string name, string description, AttributeDefinition value, params string[] types) =>
        Complex(
            name,
            description,
            value,
            Text("display", "A name to show."),
            Text("type", "What the value is for.") with { CanonicalValues = [.. types] },
            Flag("primary", "Whether it is the preferred one. At most one value is.")) with
        {
            MultiValued = true,
        };

    public static AttributeDefinition ReadOnly(this AttributeDefinition attribute) => attribute with
    {
        Mutability = Mutability.ReadOnly,
        SubAttributes = [.. attribute.SubAttributes.Select(part => part.ReadOnly())],
    };
}
