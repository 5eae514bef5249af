using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Members;
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

        if (JsonBody.Twice(operation) is { } twice)
        {
            return twice;
        }

        var value = JsonBody.Member(operation, "value");
        if (action != PatchAction.Remove && value is null)
        {
            return ScimErrors.InvalidValue("patch-value-missing", $"'{action.ToString().ToLowerInvariant()}' needs a 'value'.");
        }

        return JsonBody.Member(operation, "path") switch
        {
            null or { ValueKind: JsonValueKind.Null } when action == PatchAction.Remove =>
                ScimErrors.NoTarget("patch-path-missing", "'remove' needs a 'path' that says what to remove."),
            null or { ValueKind: JsonValueKind.Null } => ReadMembers(action, value!.Value),
            { ValueKind: JsonValueKind.String } path => ReadPath(action, path.GetString()!, value),
            _ => ScimErrors.InvalidPath("path-malformed", "'path' must be a string."),
        };
    }

    private static PatchAction? Action(JsonElement operation) =>
        JsonBody.Member(operation, "op") is { ValueKind: JsonValueKind.String } op
            ? op.GetString()!.ToUpperInvariant() switch
            {
                "ADD" => PatchAction.Add,
                "REPLACE" => PatchAction.Replace,
                "REMOVE" => PatchAction.Remove,
                _ => null,
            }
            : null;

    private ScimError? ReadMembers(PatchAction action, JsonElement value, string prefix = "")
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return ScimErrors.InvalidValue("patch-value-not-an-object", "Without a 'path', 'value' must be an object of attributes.");
        }

        if (JsonBody.Twice(value, prefix) is { } twice)
        {
            return twice;
        }

        foreach (var member in value.EnumerateObject())
        {
            if (ReadMember(action, prefix + member.Name, member.Value) is { } error)
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

        if (name.Equals(type.Schema.Id, StringComparison.OrdinalIgnoreCase) && value.ValueKind == JsonValueKind.Object)
        {
            return ReadMembers(action, value, $"{type.Schema.Id}:");
        }

        if (PatchPath.Parse(type, name, limits).TryGet(out var path, out _))
        {
            // Okta sends back members that only the server sets, the id above all: they are ignored, by whatever name.
            return IsIgnored(path) ? null : ReadValue(action, path, value);
        }

        if (type.IsUnknownExtension(name, value))
        {
            if (!JsonBody.Opaque(value, name).TryGet(out var members, out var error))
            {
                return error;
            }

            _operations.Add(new PatchOperation.OnUnknownExtension(name, members));
        }
        else if (SchemaUrns.IsUrn(name) && action == PatchAction.Replace && Normaliser.IsEmpty(value))
        {
            _operations.Add(new PatchOperation.OffExtension(name, null));
        }
        else
        {
            Ignored.Add(Ignored.UnknownAttribute);
        }

        return null;
    }

    private bool IsIgnored(PatchPath path)
    {
        var normaliser = new Normaliser(limits, Ignored, keepsNulls: false);
        return normaliser.IsIgnored(path.Attribute) || (path.Part is { } part && normaliser.IsIgnored(part));
    }

    private ScimError? ReadPath(PatchAction action, string text, JsonElement? value)
    {
        if (type.FindExtension(text) is { } schema)
        {
            return action == PatchAction.Remove ? TakeOff(schema) : ReadExtension(action, schema, value!.Value);
        }

        if (!PatchPath.Parse(type, text, limits).TryGet(out var path, out var error))
        {
            return error;
        }

        if (path.Attribute.Mutability == Mutability.ReadOnly || path.Target.Mutability == Mutability.ReadOnly)
        {
            return ScimErrors.Mutability("read-only-attribute", $"'{path.Name}' is set by the server alone. Leave it out.");
        }

        if (IsIgnored(path))
        {
            return null;
        }

        return action == PatchAction.Remove ? ReadRemoval(path, value) : ReadValue(action, path, value!.Value);
    }

    private ScimError? ReadMembersOfAGroup(PatchAction action, PatchPath path, JsonElement? value)
    {
        if (!MemberReader.Operation(action, path, value).TryGet(out var operation, out var error))
        {
            return error;
        }

        if (operation is not null)
        {
            _operations.Add(new PatchOperation.OnMembers(operation));
        }

        return null;
    }

    private ScimError? ReadRemoval(PatchPath path, JsonElement? value)
    {
        if (path.Attribute.StoredApart)
        {
            return ReadMembersOfAGroup(PatchAction.Remove, path, value);
        }

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
            return action == PatchAction.Replace ? TakeOff(schema) : null;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            return ScimErrors.InvalidValue("value-type", $"'{schema.Id}' must be an object with the attributes of that extension.");
        }

        return ReadMembers(action, value, $"{schema.Id}:");
    }

    private ScimError? TakeOff(SchemaDefinition schema)
    {
        _operations.Add(new PatchOperation.OffExtension(schema.Id, schema));
        return null;
    }

    private ScimError? ReadValue(PatchAction action, PatchPath path, JsonElement value)
    {
        if (path.Attribute.StoredApart)
        {
            return ReadMembersOfAGroup(action, path, value);
        }

        // In brackets without a part, the value is one element.
        var target = path is { Condition: not null, Part: null } ? path.Attribute with { MultiValued = false } : path.Target;
        var normaliser = new Normaliser(limits, Ignored, keepsNulls: action == PatchAction.Replace);
        if (!normaliser.Value(target, value, path.Name).TryGet(out var normalised, out var error))
        {
            return error;
        }

        // Nothing is left when all of the value was ignored: that is not the same as an empty value, and clears nothing.
        var clears = action == PatchAction.Replace && (target.MultiValued || Normaliser.IsEmpty(value));
        if (normalised.Node is not null || clears)
        {
            _operations.Add(new PatchOperation.OnAttribute(normalised.Node is null ? PatchAction.Remove : action, path, normalised.Node));
        }

        return null;
    }
}
