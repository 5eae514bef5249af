using System.Collections.Immutable;
using System.Text.Json;

namespace OrleansIdentity.Scim.Schemas;

/// <summary>An extension of a resource type.</summary>
/// <param name="Schema">Its schema.</param>
/// <param name="Required">Whether every resource must have it.</param>
public sealed record SchemaExtension(SchemaDefinition Schema, bool Required)
{
    /// <summary>Whether a tenant has defined it and may change it, so that what was stored before need not be as it says now.</summary>
    public bool IsTenants { get; init; }
}

/// <summary>A resource type (RFC 7643 §6): a core schema and its extensions, made from data so that a tenant's own can be added.</summary>
public sealed class ResourceType
{
    private static readonly ImmutableArray<AttributeDefinition> CommonAttributes =
    [
        new() { Name = "schemas", Type = AttributeType.Reference, MultiValued = true, Mutability = Mutability.ReadOnly, Returned = Returned.Always, Common = true },
        new() { Name = "id", CaseExact = true, Mutability = Mutability.ReadOnly, Returned = Returned.Always, Common = true },
        new() { Name = "externalId", CaseExact = true, KeptWhenOmitted = true, Common = true },
        new()
        {
            Name = "meta",
            Type = AttributeType.Complex,
            Mutability = Mutability.ReadOnly,
            Common = true,
            SubAttributes =
            [
                new() { Name = "resourceType", CaseExact = true, Mutability = Mutability.ReadOnly },
                new() { Name = "created", Type = AttributeType.DateTime, Mutability = Mutability.ReadOnly },
                new() { Name = "lastModified", Type = AttributeType.DateTime, Mutability = Mutability.ReadOnly },
                new() { Name = "version", CaseExact = true, Mutability = Mutability.ReadOnly },
            ],
        },
    ];

    /// <summary>Makes a resource type.</summary>
    public ResourceType(string name, string description, string endpoint, SchemaDefinition schema, ImmutableArray<SchemaExtension> extensions)
    {
        Name = name;
        Description = description;
        Endpoint = endpoint;
        Schema = schema;
        Extensions = extensions;
        Attributes = [.. CommonAttributes, .. schema.Attributes];
        HasRequestOnly = Attributes.Concat(extensions.Select(extension => extension.Schema.AsAttribute))
            .Any(attribute => attribute.Returned == Returned.Request || attribute.HasRequestOnly);
        TenantSchema = extensions.FirstOrDefault(extension => extension.IsTenants)?.Schema;
    }

    /// <summary>Its name, such as <c>User</c>.</summary>
    public string Name { get; }

    /// <summary>What it is, for people.</summary>
    public string Description { get; }

    /// <summary>Where its resources are, relative to the base URL: <c>/Users</c>.</summary>
    public string Endpoint { get; }

    /// <summary>Its core schema.</summary>
    public SchemaDefinition Schema { get; }

    /// <summary>Its extensions.</summary>
    public ImmutableArray<SchemaExtension> Extensions { get; }

    /// <summary>The extension that the tenant has defined; null when it has none.</summary>
    public SchemaDefinition? TenantSchema { get; }

    /// <summary>The attributes that stand at the top level of a resource: the common ones, then those of the core schema.</summary>
    public ImmutableArray<AttributeDefinition> Attributes { get; }

    /// <summary>Whether anything of a resource is returned on request alone.</summary>
    public bool HasRequestOnly { get; }

    /// <summary>The same type with one more extension.</summary>
    public ResourceType With(SchemaExtension extension) => new(Name, Description, Endpoint, Schema, [.. Extensions, extension]);

    /// <summary>A top-level attribute by name, in any letter case.</summary>
    public AttributeDefinition? Find(string name)
    {
        if (Schema.Find(name) is { } attribute)
        {
            return attribute;
        }

        foreach (var common in CommonAttributes)
        {
            if (common.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return common;
            }
        }

        return null;
    }

    /// <summary>An extension's schema by URN, in any letter case.</summary>
    public SchemaDefinition? FindExtension(string urn)
    {
        foreach (var extension in Extensions)
        {
            if (extension.Schema.Id.Equals(urn, StringComparison.OrdinalIgnoreCase))
            {
                return extension.Schema;
            }
        }

        return null;
    }

    /// <summary>The schema whose URN, and a colon, stand before an attribute's name.</summary>
    /// <remarks>A URN contains dots and colons itself ("core:2.0:User"), so it is taken off as a whole, and the longest one that is known.</remarks>
    internal SchemaDefinition? FindQualifier(string name)
    {
        SchemaDefinition? found = null;
        foreach (var schema in SchemaUrns.IsUrn(name) ? Extensions.Select(extension => extension.Schema).Append(Schema) : [])
        {
            if (name.Length > schema.Id.Length + 1
                && name[schema.Id.Length] == ':'
                && name.StartsWith(schema.Id, StringComparison.OrdinalIgnoreCase)
                && schema.Id.Length > (found?.Id.Length ?? 0))
            {
                found = schema;
            }
        }

        return found;
    }

    /// <summary>Whether a member is an extension that no schema here describes: an object, and neither a known schema's nor an attribute's of one.</summary>
    internal bool IsUnknownExtension(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
        && SchemaUrns.IsUrn(name)
        && !name.Equals(Schema.Id, StringComparison.OrdinalIgnoreCase)
        && FindExtension(name) is null
        && FindQualifier(name) is null;
}
