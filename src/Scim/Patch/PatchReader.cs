using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Patch;

/// <summary>
/// Reads operations. One without a path becomes one operation per member of its value, so that there is one way to apply them: a member name
/// may be an attribute, a whole extension, or (Entra) a path.
/// </summary>
internal sealed class PatchReader(ResourceType type, ScimLimits limits)
{
    private readonly List<PatchOperation> _operations = [];

    /// <summary>What was read.</summary>
    public IReadOnlyList<PatchOperation> Operations => _operations;

    /// <summary>What has no effect.</summary>
    public Ignored Ignored { get; } = new();

    /// <summary>Reads one operation; the error if it cannot be accepted.</summary>
    public ScimError? Read(JsonElement operation)
    {
        if (operation.ValueKind != JsonValueKind.Object || Action(operation) is not { } action)
        {
            return ScimErrors.InvalidSyntax("patch-op-unknown", "Each operation must be an object whose 'op' is add, replace or remove.");
        }

        var value = PatchRequest.Member(operation, "value");
        if (action != PatchAction.Remove && value is null)
        {
            return ScimErrors.InvalidValue("patch-value-missing", $"'{action.ToString().ToLowerInvariant()}' needs a 'value'.");
        }

        return PatchRequest.Member(operation, "path") switch
        {
            null or { ValueKind: JsonValueKind.Null } when action == PatchAction.Remove =>
                ScimErrors.NoTarget("patch-path-missing", "'remove' needs a 'path' that says what to remove."),
            null or { ValueKind: JsonValueKind.Null } => ReadMembers(action, value!.Value),
            { ValueKind: JsonValueKind.String } path => ReadPath(action, path.GetString()!, value),
            _ => ScimErrors.InvalidPath("path-malformed", "'path' must be a string."),
        };
    }

    private static PatchAction? Action(JsonElement operation) =>
        PatchRequest.Member(operation, "op") is { ValueKind: JsonValueKind.String } op
            ? op.GetString()!.ToUpperInvariant() switch
            {
                "ADD" => PatchAction.Add,
                "REPLACE" => PatchAction.Replace,
                "REMOVE" => PatchAction.Remove,
                _ => null,
            }
            : null;

    private ScimError? ReadMembers(PatchAction action, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return ScimErrors.InvalidValue("patch-value-not-an-object", "Without a 'path', 'value' must be an object of attributes.");
        }

        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in value.EnumerateObject())
        {
            if (!seen.Add(member.Name))
            {
                return Normaliser.Twice(member.Name);
            }

            if (ReadMember(action, member.Name, member.Value) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private ScimError? ReadMember(PatchAction action, string name, JsonElement value)
    {
        if (type.FindExtension(name) is { } schema)
        {
            return ReadExtension(action, schema, value);
        }

        if (PatchPath.Parse(type, name, limits).TryGet(out var path, out _))
        {
            // Okta sends back members that only the server sets, the id above all: they are ignored, by whatever name.
            return new Normaliser(limits, Ignored, keepsNulls: true).IsIgnored(path.Target) ? null : ReadValue(action, path, value);
        }

        if (SchemaUrns.IsUrn(name) && value.ValueKind == JsonValueKind.Object)
        {
            _operations.Add(new PatchOperation.OnUnknownExtension(name, JsonObject.Create(value)!));
        }
        else
        {
            Ignored.Add(Ignored.UnknownAttribute);
        }

        return null;
    }

    private ScimError? ReadPath(PatchAction action, string text, JsonElement? value)
    {
        if (type.FindExtension(text) is { } schema)
        {
            return action == PatchAction.Remove ? RemoveExtension(schema) : ReadExtension(action, schema, value!.Value);
        }

        if (!PatchPath.Parse(type, text, limits).TryGet(out var path, out var error))
        {
            return error;
        }

        if (path.Attribute.Mutability == Mutability.ReadOnly || path.Target.Mutability == Mutability.ReadOnly)
        {
            return ScimErrors.Mutability("read-only-attribute", $"'{path.Name}' is set by the server alone. Leave it out.");
        }

        if (new Normaliser(limits, Ignored, keepsNulls: true).IsIgnored(path.Target))
        {
            return null;
        }

        return action == PatchAction.Remove ? ReadRemoval(path, value) : ReadValue(action, path, value!.Value);
    }

    private ScimError? ReadRemoval(PatchPath path, JsonElement? value)
    {
        // Entra names the elements to remove in 'value'. It must never be read as "remove all".
        if (value is not { ValueKind: not JsonValueKind.Null } listed || path is not { Condition: null, Part: null, Attribute.MultiValued: true })
        {
            _operations.Add(new PatchOperation.OnAttribute(PatchAction.Remove, path, null));
            return null;
        }

        if (!new Normaliser(limits, Ignored, keepsNulls: false).Value(path.Attribute, listed, path.Name).TryGet(out var elements, out var error))
        {
            return error;
        }

        if (elements.Node is not null)
        {
            _operations.Add(new PatchOperation.OnAttribute(PatchAction.Remove, path, elements.Node));
        }

        return null;
    }

    private ScimError? ReadExtension(PatchAction action, SchemaDefinition schema, JsonElement value)
    {
        if (Normaliser.IsEmpty(value))
        {
            return action == PatchAction.Replace ? RemoveExtension(schema) : null;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            return ScimErrors.InvalidValue("value-type", $"'{schema.Id}' must be an object with the attributes of that extension.");
        }

        foreach (var member in value.EnumerateObject())
        {
            if (ReadMember(action, $"{schema.Id}:{member.Name}", member.Value) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private ScimError? RemoveExtension(SchemaDefinition schema)
    {
        foreach (var attribute in schema.Attributes)
        {
            _operations.Add(new PatchOperation.OnAttribute(PatchAction.Remove, new PatchPath(schema.Id, attribute, null, null), null));
        }

        return null;
    }

    private ScimError? ReadValue(PatchAction action, PatchPath path, JsonElement value)
    {
        // In brackets without a part, the value is one element.
        var target = path is { Condition: not null, Part: null } ? path.Attribute with { MultiValued = false } : path.Target;
        if (!new Normaliser(limits, Ignored, keepsNulls: true).Value(target, value, path.Name).TryGet(out var normalised, out var error))
        {
            return error;
        }

        if (normalised.Node is null && target.Required)
        {
            return ScimErrors.InvalidValue("required-attribute-missing", $"'{path.Name}' is required and cannot be cleared. Send a value.");
        }

        if (normalised.Node is not null || action == PatchAction.Replace)
        {
            _operations.Add(new PatchOperation.OnAttribute(normalised.Node is null ? PatchAction.Remove : action, path, normalised.Node));
        }

        return null;
    }
}
