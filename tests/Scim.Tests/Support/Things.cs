using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Tests.Support;

/// <summary>
/// A resource type with every type and characteristic that a schema may have: the engine is driven by data, so it must do right by a
/// schema that it has never seen.
/// </summary>
internal static class Things
{
    public const string Core = "urn:example:schemas:1.0:Thing";

    /// <summary>Its URN is longer than, and begins with, the other extension's.</summary>
    public const string Plus = Extra + ":plus";

    public const string Extra = "urn:example:schemas:extra:1.0:Thing";

    public static ResourceType Type { get; } = new(
        "Thing",
        "A thing",
        "/Things",
        new SchemaDefinition(Core, "Thing", "A thing",
        [
            Text("key") with { Required = true, CaseExact = true },
            Text("label"),
            Text("score", AttributeType.Decimal),
            Text("count", AttributeType.Integer),
            Text("when", AttributeType.DateTime),
            Text("blob", AttributeType.Binary) with { CaseExact = true },
            Text("link", AttributeType.Reference) with { CaseExact = true },
            Text("flag", AttributeType.Boolean),
            Text("serial") with { Mutability = Mutability.Immutable },
            Text("state") with { Mutability = Mutability.ReadOnly },
            Text("secret") with { Returned = Returned.Never },
            Text("tags") with { MultiValued = true },
            Text("owners") with { MultiValued = true, Required = true },
            Complex("box", Text("width", AttributeType.Integer) with { Required = true }, Text("colour"), Seal, Mark),
            Complex("origin", Text("value")) with { Mutability = Mutability.ReadOnly },
            Complex("hidden", Text("value")) with { Returned = Returned.Never, Mutability = Mutability.WriteOnly },
            Complex("items", Text("value"), Text("type"), Text("number", AttributeType.Integer), Text("primary", AttributeType.Boolean), Seal, Mark) with
            {
                MultiValued = true,
            },
        ]),
        [
            new SchemaExtension(new SchemaDefinition(Extra, "Extra", "More", [Text("grade") with { Required = true }, Text("note"), Seal, Mark]), false),
            new SchemaExtension(new SchemaDefinition(Plus, "Plus", "Even more", [Text("note")]), false),
        ]);

    private static AttributeDefinition Seal => Text("seal") with { Mutability = Mutability.Immutable };

    private static AttributeDefinition Mark => Text("mark") with { Mutability = Mutability.ReadOnly };

    private static AttributeDefinition Text(string name, AttributeType type = AttributeType.String) => new() { Name = name, Type = type };

    private static AttributeDefinition Complex(string name, params AttributeDefinition[] parts) =>
        new() { Name = name, Type = AttributeType.Complex, SubAttributes = [.. parts] };
}
