using OrleansIdentity.Grains.Contracts.Tenants;

namespace OrleansIdentity.Grains.Tests.Schemas;

/// <summary>Short names for definitions.</summary>
internal static class OwnSchema
{
    public const string Urn = "urn:example:acme:2.0:User";

    public static CustomAttribute Text(string name, params string[] canonical) => Of(name, CustomAttributeType.String) with { CanonicalValues = canonical };

    public static CustomAttribute Of(string name, CustomAttributeType type) =>
        new(name, type, "", MultiValued: false, Required: false, CaseExact: type == CustomAttributeType.Reference, []);

    public static TenantSchema With(params CustomAttribute[] attributes) => new(1, Urn, attributes);
}
