using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Contracts.Tenants;

/// <summary>The types that a custom attribute may have (RFC 7643 §2.3). Complex and binary ones are not supported.</summary>
public enum CustomAttributeType
{
    /// <summary>Text.</summary>
    String,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A real number.</summary>
    Decimal,

    /// <summary>A whole number of 64 bits.</summary>
    Integer,

    /// <summary>An instant (xsd:dateTime).</summary>
    DateTime,

    /// <summary>A URI.</summary>
    Reference,
}

/// <summary>An attribute that a tenant has defined for its users.</summary>
/// <param name="Name">Its name (RFC 7643 §2.1), unique without regard to letter case.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="Description">What it is, for people.</param>
/// <param name="MultiValued">Whether it has any number of values.</param>
/// <param name="Required">Whether a user must have it.</param>
/// <param name="CaseExact">Whether letter case matters when values are compared: always of references, never of what is no text.</param>
/// <param name="CanonicalValues">The only values that are taken; empty when any are.</param>
[GenerateSerializer, Immutable, Alias("CustomAttribute")]
public sealed record CustomAttribute(
    [property: Id(0)] string Name,
    [property: Id(1)] CustomAttributeType Type,
    [property: Id(2)] string Description,
    [property: Id(3)] bool MultiValued,
    [property: Id(4)] bool Required,
    [property: Id(5)] bool CaseExact,
    [property: Id(6)] string[] CanonicalValues);

/// <summary>A tenant's own extension schema of users.</summary>
/// <param name="Revision">0 when nothing was ever defined; one more with each change.</param>
/// <param name="Urn">Its URN.</param>
/// <param name="Attributes">Its attributes, in the order in which they are listed.</param>
[GenerateSerializer, Immutable, Alias("TenantSchema")]
public sealed record TenantSchema([property: Id(0)] long Revision, [property: Id(1)] string Urn, [property: Id(2)] CustomAttribute[] Attributes)
{
    /// <summary>What a tenant begins with: nothing, under the URN that its schema gets unless another is chosen.</summary>
    public static TenantSchema None(string slug) => new(0, $"urn:ietf:params:scim:schemas:extension:{slug}:2.0:User", []);
}

/// <summary>Replaces a tenant's own schema as a whole.</summary>
/// <param name="Revision">The revision that the caller has read and means to change.</param>
/// <param name="Urn">Its URN; null to keep the one that it has.</param>
/// <param name="Attributes">All its attributes.</param>
/// <param name="Origin">Who asks.</param>
[GenerateSerializer, Immutable, Alias("DefineSchema")]
public sealed record DefineSchema(
    [property: Id(0)] long Revision, [property: Id(1)] string? Urn, [property: Id(2)] CustomAttribute[] Attributes, [property: Id(3)] EventOrigin Origin);

/// <summary>What became of a definition.</summary>
/// <param name="Refusal">Why it was refused; null when it was carried out.</param>
/// <param name="Schema">The schema afterwards; null with a refusal.</param>
/// <param name="Changed">Whether this call changed anything.</param>
[GenerateSerializer, Immutable, Alias("SchemaReply")]
public sealed record SchemaReply([property: Id(0)] Refusal? Refusal, [property: Id(1)] TenantSchema? Schema, [property: Id(2)] bool Changed);
