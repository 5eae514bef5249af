using System.Text.RegularExpressions;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Grains.Schemas;

/// <summary>What a tenant's own schema must be like, whoever defines it. Pure.</summary>
internal static partial class SchemaChecks
{
    /// <summary>The most attributes.</summary>
    public const int MaxAttributes = 100;

    /// <summary>The most canonical values of all attributes together: the schema is read with every change of the tenant.</summary>
    public const int MaxCanonicalValues = 1_000;

    private const int MaxUrnLength = 200;
    private const int MaxNameLength = 64;
    private const int MaxDescriptionLength = 500;
    private const int MaxCanonicalLength = 100;

    // A path under one of these, and a colon, would name an attribute of two schemas.
    private static readonly string[] Known = [SchemaUrns.User, SchemaUrns.Group, SchemaUrns.EnterpriseUser];

    // RFC 7643 §10.3 gives these to the RFCs themselves.
    private static readonly string[] Reserved = ["urn:ietf:params:scim:schemas:core:", "urn:ietf:params:scim:api:"];

    // The common attributes (RFC 7643 §3.1) belong to every resource.
    private static readonly HashSet<string> ReservedNames = new(["schemas", "id", "externalId", "meta"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Why the schema cannot be; null when it can.</summary>
    public static Refusal? Refuse(TenantSchema schema)
    {
        if (Urn(schema.Urn) is { } urn)
        {
            return urn;
        }

        if (schema.Attributes.Length > MaxAttributes)
        {
            return Refuse("schema-too-many-attributes", $"A schema has at most {MaxAttributes} attributes. Leave some out.");
        }

        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var attribute in schema.Attributes)
        {
            if (Attribute(attribute) is { } refusal)
            {
                return refusal;
            }

            if (!names.Add(attribute.Name))
            {
                return Refuse("schema-attribute-twice", $"'{attribute.Name}' is there twice; letter case does not matter. Leave one out, or rename it.");
            }
        }

        return schema.Attributes.Sum(attribute => attribute.CanonicalValues.Length) > MaxCanonicalValues
            ? Refuse("schema-too-many-canonical-values", $"A schema has at most {MaxCanonicalValues} canonical values in all. Leave some out, or let any value be taken.")
            : null;
    }

    private static Refusal? Urn(string urn)
    {
        if (urn.Length > MaxUrnLength || !UrnForm().IsMatch(urn))
        {
            return Refuse(
                "schema-urn-invalid",
                $"A URN is 'urn:', a name space and parts of a-z, A-Z, 0-9, '.', '_' and '-' with colons between, at most {MaxUrnLength} characters, such as urn:example:okta:2.0:User.");
        }

        return Known.Any(known => Overlap(urn, known)) || Reserved.Any(reserved => urn.StartsWith(reserved, StringComparison.OrdinalIgnoreCase))
            ? Refuse("schema-urn-reserved", $"'{urn}' belongs to SCIM itself, or a path under it could not be told from one of SCIM's own. Choose another URN.")
            : null;
    }

    private static Refusal? Attribute(CustomAttribute attribute)
    {
        var name = attribute.Name.Length <= MaxNameLength ? attribute.Name : attribute.Name[..MaxNameLength] + "…";
        if (attribute.Name.Length > MaxNameLength || !NameForm().IsMatch(attribute.Name))
        {
            return Refuse(
                "schema-attribute-name", $"'{name}' is no name: a letter, then letters, digits, '-', '_' or '$', at most {MaxNameLength} in all. Rename the attribute.");
        }

        if (ReservedNames.Contains(attribute.Name))
        {
            return Refuse("schema-attribute-reserved", $"'{name}' is an attribute of every resource already. Rename the attribute.");
        }

        if (!Enum.IsDefined(attribute.Type))
        {
            return Refuse("schema-attribute-type", $"The type of '{name}' is none that an attribute may have: string, boolean, decimal, integer, dateTime or reference.");
        }

        if (attribute.Description.Length > MaxDescriptionLength)
        {
            return Refuse("schema-description-too-long", $"The description of '{name}' is longer than {MaxDescriptionLength} characters. Shorten it.");
        }

        return CaseExact(attribute) ?? CanonicalValues(attribute);
    }

    private static Refusal? CaseExact(CustomAttribute attribute) => attribute.Type switch
    {
        CustomAttributeType.String => null,
        CustomAttributeType.Reference => attribute.CaseExact ? null : Refuse(
            "schema-case-exact", $"'{attribute.Name}' is a reference, and those are compared with regard to letter case. Set caseExact, or leave it out."),
        _ => attribute.CaseExact ? Refuse("schema-case-exact", $"'{attribute.Name}' has no letters, so caseExact means nothing. Leave it out.") : null,
    };

    private static Refusal? CanonicalValues(CustomAttribute attribute)
    {
        if (attribute.CanonicalValues.Length == 0)
        {
            return null;
        }

        if (attribute.Type is not (CustomAttributeType.String or CustomAttributeType.Reference))
        {
            return Refuse("schema-canonical-type", $"'{attribute.Name}' is no text, and only texts have canonical values. Leave them out.");
        }

        if (attribute.CanonicalValues.Any(value => value.Length is 0 or > MaxCanonicalLength || !CaseFolding.IsWellFormed(value) || value.Contains('\0')))
        {
            return Refuse("schema-canonical-value", $"A canonical value of '{attribute.Name}' is empty, longer than {MaxCanonicalLength} characters or no Unicode. Correct it.");
        }

        var distinct = attribute.CanonicalValues.Select(value => attribute.CaseExact ? value : CaseFolding.Fold(value)).Distinct(StringComparer.Ordinal);
        return distinct.Count() < attribute.CanonicalValues.Length
            ? Refuse("schema-canonical-twice", $"A canonical value of '{attribute.Name}' is there twice, perhaps in different letter case. Leave one out.")
            : null;
    }

    private static bool Overlap(string one, string other) => IsUnder(one, other) || IsUnder(other, one);

    private static bool IsUnder(string urn, string above) =>
        urn.StartsWith(above, StringComparison.OrdinalIgnoreCase) && (urn.Length == above.Length || urn[above.Length] == ':');

    private static Refusal Refuse(string id, string detail) => new(400, id, detail);

    // RFC 8141 §2, of which only what needs no escaping in a filter, a path or an address.
    [GeneratedRegex(@"\A[Uu][Rr][Nn]:[A-Za-z0-9][A-Za-z0-9-]{0,30}[A-Za-z0-9](?::[A-Za-z0-9._-]*[A-Za-z0-9])+\z", RegexOptions.CultureInvariant)]
    private static partial Regex UrnForm();

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9$_-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex NameForm();
}
