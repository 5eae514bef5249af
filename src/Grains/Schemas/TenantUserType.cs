using System.Collections.Immutable;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Grains.Schemas;

/// <summary>The resource type of users as one tenant has it.</summary>
/// <param name="Type">The core user and its extensions, the tenant's own among them when it has one.</param>
/// <param name="Revision">The revision of the tenant's schema that it was made from; 0 for none.</param>
public sealed record TenantUserType(ResourceType Type, long Revision)
{
    /// <summary>That of every tenant that has defined nothing.</summary>
    public static TenantUserType None { get; } = new(ResourceTypes.User, 0);

    /// <summary>Makes it from the tenant's schema.</summary>
    public static TenantUserType Of(TenantSchema schema)
    {
        if (schema.Revision == 0)
        {
            return None;
        }

        var attributes = schema.Attributes.Select(Attribute).ToImmutableArray();
        var definition = new SchemaDefinition(schema.Urn, "TenantUser", "What the tenant has defined for its users", attributes);

        // RFC 7643 §6: who must have an attribute of an extension must have the extension.
        var extension = new SchemaExtension(definition, attributes.Any(attribute => attribute.Required)) { IsTenants = true };
        return new TenantUserType(ResourceTypes.User.With(extension), schema.Revision);
    }

    private static AttributeDefinition Attribute(CustomAttribute attribute) => new()
    {
        Name = attribute.Name,
        Description = attribute.Description,
        Type = attribute.Type switch
        {
            CustomAttributeType.String => AttributeType.String,
            CustomAttributeType.Boolean => AttributeType.Boolean,
            CustomAttributeType.Decimal => AttributeType.Decimal,
            CustomAttributeType.Integer => AttributeType.Integer,
            CustomAttributeType.DateTime => AttributeType.DateTime,
            CustomAttributeType.Reference => AttributeType.Reference,
            _ => throw new InvalidOperationException($"'{attribute.Name}' is of the type {attribute.Type}, which this program does not know."),
        },
        MultiValued = attribute.MultiValued,
        Required = attribute.Required,
        CaseExact = attribute.CaseExact,
        CanonicalValues = [.. attribute.CanonicalValues],
        IsClosed = attribute.CanonicalValues.Length > 0,
        ReferenceTypes = attribute.Type == CustomAttributeType.Reference ? ["external"] : [],
    };
}
