using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using OrleansIdentity.Scim.Schemas;
using OrleansIdentity.Scim.Sorting;
using OrleansIdentity.Scim.Tests.Filters.Differential;
using OrleansIdentity.Scim.Tests.Support;
using SortKey = OrleansIdentity.Scim.Sorting.SortKey;

namespace OrleansIdentity.Scim.Tests.Sorting;

/// <summary>The real keys against a slow, obvious order, written from RFC 7644 §3.4.2.3 alone, over generated resources.</summary>
public sealed class SortDifferentialTests
{
    [Fact]
    public void Order_OfAnyUsers_IsWhatTheReferenceSays() => Compare(ResourceTypes.User, Field.OfUser);

    [Fact]
    public void Order_OfAnyThings_IsWhatTheReferenceSays() => Compare(Things.Type, Field.OfThing);

    private static void Compare(ResourceType type, IReadOnlyList<Field> fields) => Gen.Select(
        Gen.Int[0, fields.Count - 1], Gen.Bool, AskedGens.Resource(fields).Array[0, 12]).Sample(
        (index, descending, resources) =>
        {
            var sort = Sort.Parse(type, [], fields[index].Path, descending ? "descending" : "ascending").Value!;
            var keys = resources.Select(text => Key(sort, text)).ToArray();
            var values = resources.Select(text => Value(fields[index], Json.Object(text))).ToArray();
            for (var one = 0; one < keys.Length; one++)
            {
                for (var other = 0; other < keys.Length; other++)
                {
                    var order = keys[one].CompareTo(keys[other]);
                    Assert.Equal(Reference(fields[index], values[one], values[other], descending), Math.Sign(descending ? -order : order));
                }
            }
        },
        iter: 2_000);

    // P2: without a value last, or first when descending. P4: case matters only where the schema says so.
    private static int Reference(Field field, JsonNode? one, JsonNode? other, bool descending)
    {
        if (one is null || other is null)
        {
            return one is null && other is null ? 0 : (one is null) == descending ? -1 : 1;
        }

        var order = field.Kind switch
        {
            Kind.Text => string.Compare(Text(one), Text(other), StringComparison.OrdinalIgnoreCase),
            Kind.ExactText => string.CompareOrdinal(one.GetValue<string>(), other.GetValue<string>()),
            Kind.Number => Number(one).CompareTo(Number(other)),
            Kind.Flag => one.GetValue<bool>().CompareTo(other.GetValue<bool>()),
            _ => Instant(one).CompareTo(Instant(other)),
        };
        return Math.Sign(descending ? -order : order);
    }

    private static JsonNode? Value(Field field, JsonObject resource)
    {
        JsonNode? node = field.Urn is null ? resource : resource[field.Urn];
        node = Chosen(field.Parent is null ? node?[field.Name] : node?[field.Parent]);
        return field.Parent is null ? node : node?[field.Name];
    }

    // P3.
    private static JsonNode? Chosen(JsonNode? node) => node is JsonArray elements
        ? elements.FirstOrDefault(element => element is JsonObject && element["primary"]?.GetValue<bool>() == true) ?? elements.FirstOrDefault()
        : node;

    private static SortKey Key(Sort sort, string text)
    {
        using var document = JsonDocument.Parse(text);
        return SortKey.Of(sort.Path, document.RootElement);
    }

    private static string Text(JsonNode node) => node.GetValue<string>().Normalize();

    private static decimal Number(JsonNode node) => decimal.Parse(node.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static DateTime Instant(JsonNode node) =>
        DateTime.Parse(node.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
