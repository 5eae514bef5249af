using static OrleansIdentity.Scim.Schemas.Attributes;

namespace OrleansIdentity.Scim.Schemas;

/// <summary>
/// The core group (RFC 7643 §4.2; characteristics of §8.7.1, but for what is different here: <c>displayName</c> is required, as the text of §4.2 has
/// it, and unique; members are users alone, and their ids are compared as ids are, §3.1).
/// </summary>
internal static class GroupSchema
{
    public static SchemaDefinition Definition { get; } = new(SchemaUrns.Group, "Group", "Group",
    [
        Text("displayName", "The name of the group; one group of a tenant has it, without regard to case.") with
        {
            Required = true,
            Uniqueness = Uniqueness.Server,
        },
        Complex(
            "members",
            "The users in the group. Groups in groups are not supported.",
            Text("value", "The id of the user.") with { CaseExact = true, Mutability = Mutability.Immutable },
            Uri("$ref", "The address of the user.", "User") with { Mutability = Mutability.Immutable },
            Text("type", "What the member is.") with { CanonicalValues = ["User"], Mutability = Mutability.Immutable }) with
        {
            MultiValued = true,
            KeptWhenOmitted = true,
            StoredApart = true,
            MaxElements = 100_000,
        },
    ]);
}
