using System.Text.Json.Nodes;

namespace OrleansIdentity.Scim.Tests.Filters.Differential;

/// <summary>Makes a resource of numbers: each says whether the next value is there, and which it is.</summary>
internal static class ResourceText
{
    public static string Of(IReadOnlyList<Field> fields, int[] seeds)
    {
        var next = 0;
        var resource = new JsonObject();
        foreach (var group in fields.GroupBy(field => (field.Urn, field.Parent)))
        {
            var container = group.Key.Urn is { } urn ? resource[urn] as JsonObject ?? [] : resource;
            if (group.Key.Parent is not { } parent)
            {
                Fill(container, group);
            }
            else if (group.First().Many)
            {
                var elements = Enumerable.Range(0, seeds[next++] % 4).Select(_ => Fill([], group)).Where(element => element.Count > 0);
                Attach(container, parent, new JsonArray([.. elements]));
            }
            else
            {
                Attach(container, parent, Fill([], group));
            }

            if (group.Key.Urn is { } extension && container.Parent is null)
            {
                Attach(resource, extension, container);
            }
        }

        return resource.ToJsonString();

        JsonObject Fill(JsonObject target, IEnumerable<Field> parts)
        {
            foreach (var field in parts)
            {
                if (field is { Many: true, Parent: null })
                {
                    Attach(target, field.Name, new JsonArray([.. Enumerable.Range(0, seeds[next++] % 3).Select(_ => Value(field))]));
                }
                else if (seeds[next++] % 4 != 0)
                {
                    target[field.Name] = Value(field);
                }
            }

            return target;
        }

        JsonNode? Value(Field field)
        {
            var values = Values.Of(field.Kind);
            return JsonNode.Parse(values[seeds[next++] % values.Count]);
        }
    }

    // What has no members is not there.
    private static void Attach(JsonObject container, string name, JsonNode value)
    {
        if (value is JsonArray { Count: > 0 } or JsonObject { Count: > 0 })
        {
            container[name] = value;
        }
    }
}
