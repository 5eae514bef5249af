using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Paths;

/// <summary>The name of an attribute (RFC 7644 §3.10), resolved against a resource type.</summary>
/// <param name="SchemaUrn">The URN of the extension that it is in; null for one at the top level of a resource.</param>
/// <param name="Attribute">The attribute.</param>
/// <param name="SubAttribute">The part of it that is meant; null for the whole.</param>
public sealed record AttributePath(string? SchemaUrn, AttributeDefinition Attribute, AttributeDefinition? SubAttribute)
{
    private const int MaxLength = 512;

    /// <summary>What the path names in the end.</summary>
    public AttributeDefinition Target => SubAttribute ?? Attribute;

    /// <summary>Reads a name: <c>userName</c>, <c>name.givenName</c>, <c>urn:…:User:department</c>. Letter case does not matter.</summary>
    /// <returns>The path, or 400 <c>invalidPath</c>.</returns>
    public static Outcome<AttributePath> Parse(ResourceType type, string text)
    {
        if (text.Length is 0 or > MaxLength)
        {
            return ScimErrors.InvalidPath("path-malformed", $"An attribute name has 1 to {MaxLength} characters. Correct the path.");
        }

        var schema = type.FindQualifier(text);
        var rest = schema is null ? text : text[(schema.Id.Length + 1)..];
        var dot = rest.IndexOf('.');
        var name = dot < 0 ? rest : rest[..dot];
        var attribute = schema is null || schema == type.Schema ? type.Find(name) : schema.Find(name);
        if (attribute is null)
        {
            return Unknown(text);
        }

        var urn = schema == type.Schema ? null : schema?.Id;
        if (dot < 0)
        {
            return new AttributePath(urn, attribute, null);
        }

        return attribute.Find(rest[(dot + 1)..]) is { } part ? new AttributePath(urn, attribute, part) : Unknown(text);
    }

    /// <summary>
    /// Reads a name in a query over several types (RFC 7644 §3.4.2.1): one that only another type knows is an attribute of which resources of this
    /// type have no value.
    /// </summary>
    /// <returns>The path; or 400 <c>invalidPath</c> when none of the types knows it.</returns>
    public static Outcome<AttributePath> Parse(ResourceType type, IReadOnlyList<ResourceType> others, string text)
    {
        var own = Parse(type, text);
        foreach (var other in own.Succeeded ? [] : others)
        {
            if (Parse(other, text).TryGet(out var foreign, out _))
            {
                // No resource has a member that is named like the core schema of another type.
                return foreign with { SchemaUrn = foreign.SchemaUrn ?? other.Schema.Id, Attribute = foreign.Attribute with { StoredApart = false } };
            }
        }

        return own;
    }

    /// <summary>The canonical name.</summary>
    public override string ToString()
    {
        var name = SubAttribute is null ? Attribute.Name : $"{Attribute.Name}.{SubAttribute.Name}";
        return SchemaUrn is null ? name : $"{SchemaUrn}:{name}";
    }

    private static ScimError Unknown(string text) => ScimErrors.InvalidPath(
        "path-unknown-attribute", $"There is no attribute '{ScimErrors.Shortened(text)}'. See /Schemas for those that there are.");
}
