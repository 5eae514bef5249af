using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Filters;
using OrleansIdentity.Scim.Paths;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Patch;

/// <summary>What an operation is aimed at (RFC 7644 §3.5.2): <c>attribute</c>, <c>attribute.part</c>, <c>attribute[condition]</c> or <c>attribute[condition].part</c>.</summary>
/// <param name="SchemaUrn">The URN of the extension; null for the top level.</param>
/// <param name="Attribute">The attribute.</param>
/// <param name="Condition">Which elements of a multi-valued attribute; null for all.</param>
/// <param name="Part">The sub-attribute; null for the whole.</param>
internal sealed record PatchPath(string? SchemaUrn, AttributeDefinition Attribute, Filter? Condition, AttributeDefinition? Part)
{
    /// <summary>What is written in the end.</summary>
    public AttributeDefinition Target => Part ?? Attribute;

    /// <summary>Its canonical name, for errors.</summary>
    public string Name => (SchemaUrn is null ? "" : $"{SchemaUrn}:") + Attribute.Name + (Part is null ? "" : $".{Part.Name}");

    /// <summary>Reads a path.</summary>
    /// <returns>The path, or 400 <c>invalidPath</c>.</returns>
    public static Outcome<PatchPath> Parse(ResourceType type, string text, ScimLimits limits)
    {
        if (text.Length > limits.MaxFilterLength)
        {
            return ScimErrors.InvalidPath("path-too-long", $"A path has at most {limits.MaxFilterLength} characters. Shorten it.");
        }

        var bracket = text.IndexOf('[');
        if (!AttributePath.Parse(type, bracket < 0 ? text : text[..bracket]).TryGet(out var attribute, out var error))
        {
            return error;
        }

        if (bracket < 0)
        {
            return new PatchPath(attribute.SchemaUrn, attribute.Attribute, null, attribute.SubAttribute);
        }

        if (attribute.SubAttribute is not null || attribute.Attribute is not { MultiValued: true, Type: AttributeType.Complex })
        {
            return ScimErrors.InvalidPath("path-brackets-misplaced", $"'{attribute}' has no elements with sub-attributes, so brackets cannot choose among them.");
        }

        if (!FilterParser.ParseCondition(attribute.Attribute, type, text[(bracket + 1)..], limits).TryGet(out var condition, out error))
        {
            return ScimErrors.InvalidPath(error.Id, error.Detail);
        }

        var rest = text[(bracket + 1 + condition.End)..];
        if (rest.Length == 0)
        {
            return new PatchPath(attribute.SchemaUrn, attribute.Attribute, condition.Condition, null);
        }

        return rest[0] == '.' && attribute.Attribute.Find(rest[1..]) is { } part
            ? new PatchPath(attribute.SchemaUrn, attribute.Attribute, condition.Condition, part)
            : ScimErrors.InvalidPath("path-malformed", $"After the brackets a path ends, or goes on with '.' and a sub-attribute of '{attribute}'.");
    }
}
