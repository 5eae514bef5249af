using System.Collections.Frozen;
using System.Collections.Immutable;

namespace OrleansIdentity.Scim.Schemas;

/// <summary>A schema (RFC 7643 §7).</summary>
public sealed class SchemaDefinition
{
    private readonly FrozenDictionary<string, AttributeDefinition> _byName;

    /// <summary>Makes a schema from data.</summary>
    /// <param name="id">Its URN.</param>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it is, for people.</param>
    /// <param name="attributes">Its attributes.</param>
    public SchemaDefinition(string id, string name, string description, ImmutableArray<AttributeDefinition> attributes)
    {
        Id = id;
        Name = name;
        Description = description;
        Attributes = attributes;
        AsAttribute = new AttributeDefinition { Name = id, Type = AttributeType.Complex, SubAttributes = attributes };
        _byName = attributes.ToFrozenDictionary(attribute => attribute.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Its URN.</summary>
    public string Id { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What it is, for people.</summary>
    public string Description { get; }

    /// <summary>Its attributes.</summary>
    public ImmutableArray<AttributeDefinition> Attributes { get; }

    /// <summary>What a resource has of it as an extension: an object of its attributes.</summary>
    internal AttributeDefinition AsAttribute { get; }

    /// <summary>An attribute by name, in any letter case.</summary>
    public AttributeDefinition? Find(string name) => _byName.GetValueOrDefault(name);
}
