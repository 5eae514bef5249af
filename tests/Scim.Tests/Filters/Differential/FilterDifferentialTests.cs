using System.Text.Json;
using CsCheck;
using OrleansIdentity.Scim.Schemas;
using OrleansIdentity.Scim.Tests.Support;

namespace OrleansIdentity.Scim.Tests.Filters.Differential;

/// <summary>The real parser and evaluator against the reference, over generated filters and resources.</summary>
public sealed class FilterDifferentialTests
{
    [Fact]
    public void Matches_AnyFilterOnAnyUser_IsWhatTheReferenceFinds() => Compare(ResourceTypes.User, Field.OfUser);

    [Fact]
    public void Matches_AnyFilterOnAnyThing_IsWhatTheReferenceFinds() => Compare(Things.Type, Field.OfThing);

    private static void Compare(ResourceType type, IReadOnlyList<Field> fields)
    {
        var cases = Gen.Select(AskedGens.Filter(fields), AskedGens.Resource(fields), Gen.Int[0, int.MaxValue - 1]);
        cases.Sample(
            (asked, text, seed) =>
            {
                using var resource = JsonDocument.Parse(text);
                var expected = Reference.Matches(asked, Json.Object(text));
                Assert.Equal(expected, Filter(type, asked.Plain()).Matches(resource.RootElement));
                Assert.Equal(expected, Filter(type, asked.Odd(seed)).Matches(resource.RootElement));
            },
            iter: 10_000,
            print: sample =>
            {
                var (asked, text, seed) = sample;
                return $"{asked.Odd(seed)}\n{asked.Plain()}\n{text}\nreference: {Reference.Matches(asked, Json.Object(text))}";
            });
    }

    private static Scim.Filters.Filter Filter(ResourceType type, string text)
    {
        var parsed = Engine.Parse(text, type);
        Assert.True(parsed.Succeeded, parsed.Succeeded ? "" : $"{text}\n{parsed.Error.Detail}");
        return parsed.Value;
    }
}
