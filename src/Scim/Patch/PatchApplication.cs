using System.Text.Json.Nodes;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Patch;

/// <summary>Applies one operation to attributes in the stored form, in place (RFC 7644 §3.5.2.1 to §3.5.2.3).</summary>
internal static class PatchApplication
{
    /// <summary>Applies an operation on an attribute; the error if it cannot be.</summary>
    public static ScimError? Apply(JsonObject resource, PatchOperation.OnAttribute operation, ScimLimits limits)
    {
        var path = operation.Path;
        var container = path.SchemaUrn is null ? resource : resource[path.SchemaUrn] as JsonObject ?? [];
        var wasThere = container[path.Attribute.Name] is not null;
        var error = path.Attribute.MultiValued
            ? PatchElements.Apply(container, operation, limits)
            : ApplySingle(container, operation);
        if (error is null && path.SchemaUrn is not null)
        {
            Attach(resource, path.SchemaUrn, container);
        }

        return error is null && wasThere && operation.Action == PatchAction.Remove && IsRequiredGone(container, path)
            ? ScimErrors.Mutability("required-attribute-removed", $"'{path.Name}' must have a value and cannot be removed. Replace it.")
            : error;
    }

    /// <summary>Applies members of an extension that no schema knows.</summary>
    public static ScimError? Apply(JsonObject resource, PatchOperation.OnUnknownExtension operation)
    {
        var urn = Stored(resource, operation.Urn);
        var extension = resource[urn] as JsonObject ?? [];
        Merge(extension, operation.Members);
        Attach(resource, urn, extension);
        return null;
    }

    /// <summary>Takes an extension away.</summary>
    public static ScimError? Apply(JsonObject resource, PatchOperation.OffExtension operation)
    {
        var urn = Stored(resource, operation.Urn);
        var extension = resource[urn] as JsonObject ?? [];
        foreach (var name in extension.Select(member => member.Key).Where(name => operation.Schema?.Find(name)?.Mutability != Mutability.ReadOnly).ToList())
        {
            extension.Remove(name);
        }

        Attach(resource, urn, extension);
        return null;
    }

    /// <summary>Lays members over those that are there; JSON null takes one away.</summary>
    internal static void Merge(JsonObject target, JsonObject members)
    {
        foreach (var (name, value) in members)
        {
            Set(target, name, value);
        }
    }

    /// <summary>Sets a member to a copy of the value; null takes it away.</summary>
    internal static void Set(JsonObject target, string name, JsonNode? value)
    {
        if (value is null)
        {
            target.Remove(name);
        }
        else
        {
            target[name] = value.DeepClone();
        }
    }

    private static ScimError? ApplySingle(JsonObject container, PatchOperation.OnAttribute operation)
    {
        var (attribute, part) = (operation.Path.Attribute, operation.Path.Part);
        if (attribute.Type != AttributeType.Complex || (part is null && operation.Action == PatchAction.Remove))
        {
            Set(container, attribute.Name, operation.Value);
            return null;
        }

        // Add and replace both merge: parts that are not named stay.
        var parts = container[attribute.Name] as JsonObject ?? [];
        if (part is null)
        {
            Merge(parts, operation.Value!.AsObject());
        }
        else
        {
            Set(parts, part.Name, operation.Value);
        }

        Attach(container, attribute.Name, parts);
        return null;
    }

    // RFC 7644 §3.5.2.2: what is required must not become unassigned. Nor must what has a default: taking `active` away would give access back.
    private static bool IsRequiredGone(JsonObject container, PatchPath path) =>
        ((path.Attribute.Required || path.Attribute.Default is not null) && container[path.Attribute.Name] is null) || path is { Attribute.MultiValued: false, Part.Required: true };

    // An unknown extension keeps the letter case in which it came first.
    private static string Stored(JsonObject resource, string urn) =>
        resource.Select(member => member.Key).FirstOrDefault(name => name.Equals(urn, StringComparison.OrdinalIgnoreCase)) ?? urn;

    // An object without members is no value.
    private static void Attach(JsonObject parent, string name, JsonObject child)
    {
        if (child.Count == 0)
        {
            parent.Remove(name);
        }
        else if (child.Parent is null)
        {
            parent[name] = child;
        }
    }
}
