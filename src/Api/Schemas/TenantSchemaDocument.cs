using System.Text.Json.Serialization;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Api.Schemas;

/// <summary>A tenant's own schema of users, as it is read and as it is sent to be replaced as a whole.</summary>
/// <param name="Revision">
/// 0 when nothing was ever defined, one more with each change. What was read is sent back: a definition that was made from an older one is refused.
/// </param>
/// <param name="Attributes">All its attributes, at most 100. One that is left out is taken away.</param>
/// <param name="Urn">Its URN; left out, it stays what it is.</param>
public sealed record TenantSchemaDocument(
    [property: JsonRequired] long Revision, [property: JsonRequired] TenantAttributeDocument?[] Attributes, string? Urn = null)
{
    internal static TenantSchemaDocument From(TenantSchema schema) =>
        new(schema.Revision, [.. schema.Attributes.Select(TenantAttributeDocument.From)], schema.Urn);

    /// <summary>The command that it is; or why it is none.</summary>
    internal Refusal? Read(EventOrigin origin, out DefineSchema? command)
    {
        command = null;
        var attributes = new List<CustomAttribute>();
        foreach (var given in Attributes ?? [])
        {
            if (given?.Name is not { } name)
            {
                return new Refusal(400, "schema-attribute-name", "An attribute has no name. Give each one.");
            }

            if (!TenantAttributeDocument.TryType(given.Type, out var type))
            {
                return new Refusal(
                    400, "schema-attribute-type", $"The type of '{name}' is none that an attribute may have: {TenantAttributeDocument.TypeNames}. Write it in this letter case.");
            }

            attributes.Add(given.ToAttribute(name, type));
        }

        command = new DefineSchema(Revision, Urn, [.. attributes], origin);
        return null;
    }
}

/// <summary>An attribute that a tenant has defined for its users.</summary>
/// <param name="Name">Its name: a letter, then letters, digits, '-', '_' or '$'; unique without regard to letter case.</param>
/// <param name="Type">string, boolean, decimal, integer, dateTime or reference.</param>
/// <param name="Description">What it is, for people.</param>
/// <param name="MultiValued">Whether it has any number of values.</param>
/// <param name="Required">Whether a user must have it, from the next create or PUT on.</param>
/// <param name="CaseExact">Whether letter case matters when texts are compared. References always are; left out, other texts are not.</param>
/// <param name="CanonicalValues">The only values that are taken; left out or empty, any are.</param>
public sealed record TenantAttributeDocument(
    string? Name = null,
    string? Type = null,
    string? Description = null,
    bool MultiValued = false,
    bool Required = false,
    bool? CaseExact = null,
    string?[]? CanonicalValues = null)
{
    // The words of RFC 7643 §2.3.
    private static readonly Dictionary<string, CustomAttributeType> Types = new(StringComparer.Ordinal)
    {
        ["string"] = CustomAttributeType.String,
        ["boolean"] = CustomAttributeType.Boolean,
        ["decimal"] = CustomAttributeType.Decimal,
        ["integer"] = CustomAttributeType.Integer,
        ["dateTime"] = CustomAttributeType.DateTime,
        ["reference"] = CustomAttributeType.Reference,
    };

    internal static string TypeNames { get; } = string.Join(", ", Types.Keys);

    internal static bool TryType(string? word, out CustomAttributeType type) => Types.TryGetValue(word ?? "", out type);

    internal static TenantAttributeDocument From(CustomAttribute attribute) => new(
        attribute.Name,
        Types.First(pair => pair.Value == attribute.Type).Key,
        attribute.Description,
        attribute.MultiValued,
        attribute.Required,
        attribute.CaseExact,
        attribute.CanonicalValues);

    internal CustomAttribute ToAttribute(string name, CustomAttributeType type) => new(
        name,
        type,
        Description ?? "",
        MultiValued,
        Required,
        CaseExact ?? type == CustomAttributeType.Reference,
        [.. (CanonicalValues ?? []).Select(value => value ?? "")]);
}
