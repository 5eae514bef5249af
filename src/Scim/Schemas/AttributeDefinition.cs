using System.Collections.Immutable;

namespace OrleansIdentity.Scim.Schemas;

/// <summary>RFC 7643 §2.3.</summary>
public enum AttributeType
{
    /// <summary>Text.</summary>
    String,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A real number.</summary>
    Decimal,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>An instant (xsd:dateTime).</summary>
    DateTime,

    /// <summary>Base64.</summary>
    Binary,

    /// <summary>A URI.</summary>
    Reference,

    /// <summary>An object of sub-attributes.</summary>
    Complex,
}

/// <summary>RFC 7643 §7.</summary>
public enum Mutability
{
    /// <summary>Set by the server alone.</summary>
    ReadOnly,

    /// <summary>Set by clients at any time.</summary>
    ReadWrite,

    /// <summary>Set once.</summary>
    Immutable,

    /// <summary>Set by clients and never read back.</summary>
    WriteOnly,
}

/// <summary>RFC 7643 §7.</summary>
public enum Returned
{
    /// <summary>In every response.</summary>
    Always,

    /// <summary>In no response.</summary>
    Never,

    /// <summary>In a response unless it is excluded.</summary>
    Default,

    /// <summary>In a response when it is asked for.</summary>
    Request,
}

/// <summary>RFC 7643 §7.</summary>
public enum Uniqueness
{
    /// <summary>Values may repeat.</summary>
    None,

    /// <summary>A value is held by one resource of the tenant.</summary>
    Server,

    /// <summary>A value is held by one resource anywhere.</summary>
    Global,
}

/// <summary>An attribute of a schema (RFC 7643 §7). All behaviour of the engine comes from these data.</summary>
public sealed record AttributeDefinition
{
    /// <summary>Its name, in the letter case in which it is written.</summary>
    public required string Name { get; init; }

    /// <summary>The type of its values.</summary>
    public AttributeType Type { get; init; } = AttributeType.String;

    /// <summary>Whether it has any number of values.</summary>
    public bool MultiValued { get; init; }

    /// <summary>What it is, for people.</summary>
    public string Description { get; init; } = "";

    /// <summary>Whether a resource must have it.</summary>
    public bool Required { get; init; }

    /// <summary>Whether letter case matters when values are compared.</summary>
    public bool CaseExact { get; init; }

    /// <summary>Who may set it.</summary>
    public Mutability Mutability { get; init; } = Mutability.ReadWrite;

    /// <summary>When it is in a response.</summary>
    public Returned Returned { get; init; } = Returned.Default;

    /// <summary>Who else may hold a value.</summary>
    public Uniqueness Uniqueness { get; init; } = Uniqueness.None;

    /// <summary>Suggested values.</summary>
    public ImmutableArray<string> CanonicalValues { get; init; } = [];

    /// <summary>Whether the canonical values are the only ones that are taken.</summary>
    public bool IsClosed { get; init; }

    /// <summary>What a reference leads to.</summary>
    public ImmutableArray<string> ReferenceTypes { get; init; } = [];

    /// <summary>The parts of a complex attribute.</summary>
    public ImmutableArray<AttributeDefinition> SubAttributes { get; init; } = [];

    /// <summary>The value of a Boolean that a client leaves out on creation; null for none.</summary>
    public bool? Default { get; init; }

    /// <summary>Whether a PUT that leaves it out keeps it (RFC 7644 §3.5.1 lets the server choose), rather than clears it.</summary>
    public bool KeptWhenOmitted { get; init; }

    /// <summary>The most values that one request may give it, where that is not <see cref="ScimLimits.MaxElements"/>.</summary>
    public int? MaxElements { get; init; }

    /// <summary>Whether its values are no part of the stored form but rows of their own: who is a member of which group.</summary>
    public bool StoredApart { get; init; }

    /// <summary>Whether it is an attribute of all resources (RFC 7643 §3.1), which <c>/Schemas</c> does not list.</summary>
    public bool Common { get; init; }

    /// <summary>Whether what a client sends is kept: not what the server alone sets, and not what nobody reads back.</summary>
    public bool IsTakenFromClients => Mutability is not (Mutability.ReadOnly or Mutability.WriteOnly) && Returned != Returned.Never;

    /// <summary>Whether a part of it is returned on request alone.</summary>
    public bool HasRequestOnly => SubAttributes.Any(part => part.Returned == Returned.Request || part.HasRequestOnly);

    /// <summary>A sub-attribute by name, in any letter case.</summary>
    public AttributeDefinition? Find(string name)
    {
        foreach (var attribute in SubAttributes)
        {
            if (attribute.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return attribute;
            }
        }

        return null;
    }
}
