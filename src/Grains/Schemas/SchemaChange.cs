using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Tenants;
using OrleansIdentity.Scim.Resources;

namespace OrleansIdentity.Grains.Schemas;

/// <summary>What one definition of a schema changes of the one before, and whether that may be. Pure.</summary>
internal static class SchemaChange
{
    /// <summary>What changes, for the event; nothing when both say the same.</summary>
    /// <param name="before">The schema as it is; null when there was none.</param>
    /// <param name="after">The schema as it is to be.</param>
    public static AttributeChange[] Between(TenantSchema? before, TenantSchema after) =>
        [.. ResourceDiff.Between(before is null ? null : Describe(before), Describe(after))];

    /// <summary>
    /// Why the change may not be; null when it may. Another type would hide what users have under the name: whoever wants that takes the attribute
    /// away first and says so by it.
    /// </summary>
    public static Refusal? Refuse(TenantSchema before, TenantSchema after)
    {
        foreach (var attribute in after.Attributes)
        {
            var known = Array.Find(before.Attributes, one => one.Name.Equals(attribute.Name, StringComparison.OrdinalIgnoreCase));
            if (known is not null && (known.Type, known.MultiValued) != (attribute.Type, attribute.MultiValued))
            {
                return new Refusal(
                    409,
                    "schema-attribute-type-fixed",
                    $"'{known.Name}' cannot change its type or become single- or multi-valued, since users may have values. Add an attribute of another name, or take this one away first and add it anew: its values are then lost.");
            }
        }

        return null;
    }

    private static JsonObject Describe(TenantSchema schema)
    {
        var described = new JsonObject { ["schema.urn"] = schema.Urn };
        foreach (var attribute in schema.Attributes)
        {
            described[$"schema.attributes.{attribute.Name}"] = JsonSerializer.SerializeToNode(attribute, TenantJson.Default.CustomAttribute);
        }

        return described;
    }
}
