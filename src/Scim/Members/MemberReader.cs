using System.Text.Json;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Filters;
using OrleansIdentity.Scim.Patch;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Members;

/// <summary>Reads what a request says about the members of a group. What is sent beside a member's id (<c>display</c>, <c>$ref</c>) says nothing new.</summary>
internal static class MemberReader
{
    /// <summary>The ids in a value of <c>members</c>, in their order. Nothing that is not understood is passed over: a shorter list would remove members.</summary>
    public static Outcome<IReadOnlyList<string>> Ids(AttributeDefinition members, JsonElement value)
    {
        if (Normaliser.IsEmpty(value))
        {
            return (string[])[];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            return Id(members, value).TryGet(out var one, out var refused) ? (string[])[one] : refused;
        }

        if (value.GetArrayLength() > members.MaxElements)
        {
            return ScimErrors.InvalidValue("too-many-values", $"'{members.Name}' takes at most {members.MaxElements} values at once. Send them in several requests.");
        }

        var ids = new List<string>(value.GetArrayLength());
        foreach (var element in value.EnumerateArray())
        {
            if (!Id(members, element).TryGet(out var id, out var error))
            {
                return error;
            }

            ids.Add(id);
        }

        return ids;
    }

    /// <summary>An operation of a PATCH request; null when it does nothing, whoever is a member.</summary>
    public static Outcome<MemberOperation?> Operation(PatchAction action, PatchPath path, JsonElement? value)
    {
        if (path.Part is { } part && !(action == PatchAction.Remove && part.Name == "value" && path.Condition is not null))
        {
            return ScimErrors.Mutability("immutable-attribute", $"'{path.Name}' cannot be changed. Remove the member, and add another.");
        }

        return path.Condition is { } condition ? OnChosen(action, path, condition, value) : OnAll(action, path, value);
    }

    private static Outcome<MemberOperation?> OnAll(PatchAction action, PatchPath path, JsonElement? value)
    {
        if (action == PatchAction.Remove && value is null or { ValueKind: JsonValueKind.Null })
        {
            return new MemberOperation.Replace([]);
        }

        if (!Ids(path.Attribute, value!.Value).TryGet(out var ids, out var error))
        {
            return error;
        }

        return action switch
        {
            PatchAction.Replace => new MemberOperation.Replace(ids),
            _ when ids.Count == 0 => (MemberOperation?)null,
            PatchAction.Add => new MemberOperation.Add(ids),

            // Entra names the members to remove in 'value'. It must never be read as "remove all".
            _ => new MemberOperation.Remove(ids),
        };
    }

    private static Outcome<MemberOperation?> OnChosen(PatchAction action, PatchPath path, Filter condition, JsonElement? value)
    {
        if (Chosen(condition) is not { } chosen)
        {
            return ScimErrors.InvalidPath("member-condition", $"Members are chosen by their value alone: {path.Name}[value eq \"id\"].");
        }

        if (action == PatchAction.Remove)
        {
            return new MemberOperation.Remove(chosen);
        }

        if (!Ids(path.Attribute, value!.Value).TryGet(out var given, out var error))
        {
            return error;
        }

        return (action, given) switch
        {
            (PatchAction.Add, []) => new MemberOperation.Add(chosen),
            (PatchAction.Add, [var same]) when chosen is [var one] && one == same => new MemberOperation.Add(chosen),
            (PatchAction.Add, _) => ScimErrors.Mutability("immutable-attribute", $"'{path.Name}.value' cannot be changed. Remove the member, and add another."),
            (_, []) => new MemberOperation.Remove(chosen),
            (_, [var by]) when chosen is [var one] => new MemberOperation.Exchange(one, by),
            _ => ScimErrors.InvalidValue("member-exchange", "A replaced member has one member in its place. Use add and remove for more."),
        };
    }

    private static Outcome<string> Id(AttributeDefinition members, JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String && element.GetString() is { Length: > 0 } bare)
        {
            return bare;
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return ScimErrors.InvalidValue("value-type", $"Each value of '{members.Name}' must be an object with the id of a user as its 'value'.");
        }

        if (JsonBody.Twice(element) is { } twice)
        {
            return twice;
        }

        if (JsonBody.Member(element, "type") is { ValueKind: not JsonValueKind.Null } type
            && !(type.ValueKind == JsonValueKind.String && type.GetString()!.Equals("User", StringComparison.OrdinalIgnoreCase)))
        {
            return ScimErrors.InvalidValue("nested-group", "A group cannot be a member of a group here: members are users. Push the members of the inner group.");
        }

        return JsonBody.Member(element, "value") is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } id
            ? id
            : ScimErrors.InvalidValue("member-value-missing", $"Each value of '{members.Name}' must have the id of a user as its 'value'.");
    }

    private static string[]? Chosen(Filter condition) => condition switch
    {
        Comparison { Operator: ComparisonOperator.Equal, Path.Attribute.Name: "value", Value.Text: { } id } => [id],
        Or either when Chosen(either.Left) is { } left && Chosen(either.Right) is { } right => [.. left, .. right],
        _ => null,
    };
}
