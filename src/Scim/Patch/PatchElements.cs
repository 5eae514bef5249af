using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Filters;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Patch;

/// <summary>Applies one operation to the elements of a multi-valued attribute.</summary>
internal static class PatchElements
{
    /// <summary>Applies it, in place; the error if it cannot be, after which the attributes are of no use.</summary>
    public static ScimError? Apply(JsonObject container, PatchOperation.OnAttribute operation, ScimLimits limits)
    {
        var attribute = operation.Path.Attribute;
        var array = container[attribute.Name] as JsonArray ?? [];
        var chosen = Chosen(array, operation.Path.Condition);
        var elements = array.Select(element => element!).ToList();
        var touched = new List<JsonNode>();

        // The elements move to a new array, without copies: a request may have many operations on many elements.
        array.Clear();
        if (Change(elements, chosen, touched, operation) is { } error)
        {
            return error;
        }

        if (elements.Count > limits.MaxElements)
        {
            return ScimErrors.InvalidValue("too-many-values", $"'{operation.Path.Name}' has at most {limits.MaxElements} values. Remove some first.");
        }

        elements.RemoveAll(IsNothing);
        KeepOnePrimary(elements, touched);
        if (elements.Count == 0)
        {
            container.Remove(attribute.Name);
        }
        else
        {
            container[attribute.Name] = new JsonArray([.. elements]);
        }

        return null;
    }

    private static ScimError? Change(List<JsonNode> elements, List<JsonNode> chosen, List<JsonNode> touched, PatchOperation.OnAttribute operation)
    {
        var (path, value) = (operation.Path, operation.Value);
        if (path.Condition is null && path.Part is null)
        {
            ChangeAll(elements, touched, operation);
            return null;
        }

        if (operation.Action == PatchAction.Remove)
        {
            return RemoveChosen(elements, chosen, path);
        }

        if (chosen.Count == 0)
        {
            if (operation.Action == PatchAction.Replace && path.Condition is { } condition && (path.Part is null || !IsLabel(condition)))
            {
                return ScimErrors.NoTarget("patch-no-match", $"No value of '{path.Name}' matches the brackets, so there is nothing to replace. Add it.");
            }

            // Entra adds to a value that is not there yet, and by 'replace' too: what the brackets ask for is what it must become.
            if (Described(path.Condition) is not { } created)
            {
                return ScimErrors.NoTarget("patch-no-match", $"No value of '{path.Name}' matches the brackets, and they do not say what to add.");
            }

            elements.Add(created);
            chosen.Add(created);
        }

        foreach (var element in chosen)
        {
            var target = element.AsObject();
            var before = target.DeepClone().AsObject();
            if (path.Part is not null)
            {
                PatchApplication.Set(target, path.Part.Name, value);
            }
            else
            {
                if (operation.Action == PatchAction.Replace)
                {
                    // Another element takes its place: nothing of it is changed.
                    target.Clear();
                    before.Clear();
                }

                PatchApplication.Merge(target, value!.AsObject());
            }

            if (SchemaRules.ChangedImmutable(path.Attribute.SubAttributes, before, target, $"{path.Attribute.Name}.") is { } error)
            {
                return error;
            }

            touched.Add(target);
        }

        return null;
    }

    private static void ChangeAll(List<JsonNode> elements, List<JsonNode> touched, PatchOperation.OnAttribute operation)
    {
        var given = operation.Value?.AsArray().Select(element => element!.DeepClone()).ToList() ?? [];
        switch (operation.Action)
        {
            case PatchAction.Remove when operation.Value is null:
                elements.Clear();
                break;
            case PatchAction.Remove:
                elements.RemoveAll(element => given.Exists(listed => IsSame(operation.Path.Attribute, element, listed)));
                break;
            case PatchAction.Replace:
                elements.Clear();
                elements.AddRange(given);
                break;
            default:
                foreach (var element in given)
                {
                    var there = elements.Find(candidate => JsonNode.DeepEquals(candidate, element));
                    if (there is null)
                    {
                        elements.Add(element);
                    }

                    touched.Add(there ?? element);
                }

                break;
        }
    }

    private static ScimError? RemoveChosen(List<JsonNode> elements, List<JsonNode> chosen, PatchPath path)
    {
        // An element without its value is no element.
        if (path.Part is not { Name: not "value" } part)
        {
            elements.RemoveAll(chosen.ToHashSet().Contains);
            return null;
        }

        foreach (var element in chosen)
        {
            if (element.AsObject().Remove(part.Name) && part.Mutability == Mutability.Immutable)
            {
                return ScimErrors.Mutability("immutable-attribute", $"'{path.Name}' cannot be removed once it is set. Remove the whole value.");
            }
        }

        return null;
    }

    // RFC 7644 §3.5.2: setting one value primary makes every other one not primary.
    private static void KeepOnePrimary(List<JsonNode> elements, List<JsonNode> touched)
    {
        if (touched.LastOrDefault(Normaliser.IsPrimary) is not { } primary)
        {
            return;
        }

        foreach (var element in elements.Where(element => element != primary && Normaliser.IsPrimary(element)))
        {
            element["primary"] = false;
        }
    }

    private static bool IsNothing(JsonNode element) => element is JsonObject { Count: 0 };

    private static List<JsonNode> Chosen(JsonArray elements, Filter? condition)
    {
        if (condition is null)
        {
            return [.. elements.Select(element => element!)];
        }

        var seen = JsonSerializer.SerializeToElement(elements).EnumerateArray();
        return [.. seen.Zip(elements).Where(pair => condition.Matches(pair.First)).Select(pair => pair.Second!)];
    }

    /// <summary>Whether a listed element means this one: by its value where there is one, else as a whole.</summary>
    private static bool IsSame(AttributeDefinition attribute, JsonNode element, JsonNode listed)
    {
        if (attribute.Find("value") is { } value && listed is JsonObject parts && parts["value"] is { } wanted)
        {
            return element is JsonObject candidate
                && candidate["value"] is { } found
                && FilterValue.Normalise(value, found.ToString()) == FilterValue.Normalise(value, wanted.ToString());
        }

        return JsonNode.DeepEquals(element, listed);
    }

    /// <summary>Whether a condition says which kind of value is meant. One that says which value it is has lost it when there is none (RFC 7644 §3.5.2.3).</summary>
    private static bool IsLabel(Filter condition) => condition switch
    {
        Comparison { Path.Attribute.Name: "type" or "primary" } => true,
        And both => IsLabel(both.Left) && IsLabel(both.Right),
        _ => false,
    };

    /// <summary>The element that a condition describes when it consists of equalities; null when it says something else.</summary>
    private static JsonObject? Described(Filter? condition)
    {
        switch (condition)
        {
            case null:
                return [];
            case Comparison { Operator: ComparisonOperator.Equal, Path.Attribute: { IsTakenFromClients: true } part } equality:
                if (Normaliser.IsEmpty(equality.Value.Literal))
                {
                    return [];
                }

                return Normaliser.Scalar(part, equality.Value.Literal, part.Name).TryGet(out var value, out _)
                    ? new JsonObject { [part.Name] = value.Node }
                    : null;
            case And both when Described(both.Left) is { } left && Described(both.Right) is { } right:
                PatchApplication.Merge(left, right);
                return left;
            default:
                return null;
        }
    }
}
