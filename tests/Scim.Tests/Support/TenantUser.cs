using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Tests.Support;

/// <summary>Users of a tenant that has defined an attribute of every type that it may, each once single- and once multi-valued.</summary>
internal static class TenantUser
{
    public const string Urn = "urn:ietf:params:scim:schemas:extension:acme:2.0:User";

    /// <summary>The types with three values each: one, a greater one, and one of another type.</summary>
    public static IReadOnlyList<(AttributeType Type, string Low, string High, string Wrong)> Types { get; } =
    [
        (AttributeType.String, "\"a\"", "\"b\"", "5"),
        (AttributeType.Boolean, "false", "true", "\"perhaps\""),
        (AttributeType.Decimal, "1.5", "2.25", "\"1.5\""),
        (AttributeType.Integer, "1", "2", "1.5"),
        (AttributeType.DateTime, "\"2026-01-02T03:04:05Z\"", "\"2026-01-02T05:04:05+01:00\"", "\"2026-01-02\""),
        (AttributeType.Reference, "\"https://a.test\"", "\"https://b.test\"", "true"),
    ];

    public static ResourceType Acme { get; } = With([
        .. Types.Select(type => One(Name(type.Type), type.Type)),
        .. Types.Select(type => One(Name(type.Type, many: true), type.Type) with { MultiValued = true }),
        new() { Name = "level", IsClosed = true, CanonicalValues = ["Junior", "Senior"] },
    ]);

    /// <summary>A user who has this object under the tenant's URN.</summary>
    public static string User(string own) => $"{{\"userName\":\"u\",\"{Urn}\":{own}}}";

    public static string Name(AttributeType type, bool many = false) => (many ? "many" : "one") + type;

    public static ResourceType With(params AttributeDefinition[] attributes) => ResourceTypes.User.With(
        new SchemaExtension(new SchemaDefinition(Urn, "Acme", "Acme's own", [.. attributes]), attributes.Any(attribute => attribute.Required)) { IsTenants = true });

    private static AttributeDefinition One(string name, AttributeType type) => new() { Name = name, Type = type, CaseExact = type == AttributeType.Reference };
}
