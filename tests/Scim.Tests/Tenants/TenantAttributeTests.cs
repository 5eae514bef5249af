using System.Text.Json;
using OrleansIdentity.Scim.Filters;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;
using OrleansIdentity.Scim.Tests.Support;
using static OrleansIdentity.Scim.Tests.Support.TenantUser;

namespace OrleansIdentity.Scim.Tests.Tenants;

/// <summary>Attributes that a tenant has defined do all that core ones do: every type with every operation.</summary>
public sealed class TenantAttributeTests
{
    private static readonly string[] Operators = ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"];

    public static TheoryData<AttributeType, string> TypesAndOperators()
    {
        var data = new TheoryData<AttributeType, string>();
        foreach (var (type, _, _, _) in Types)
        {
            foreach (var comparison in Operators)
            {
                data.Add(type, comparison);
            }
        }

        return data;
    }

    public static TheoryData<AttributeType> AllTypes() => [.. Types.Select(type => type.Type)];

    // What RFC 7644 §3.4.2.2 says of the operators, written down anew: which a type has, and what they say of the low value held against both.
    [Theory]
    [MemberData(nameof(TypesAndOperators))]
    public void Filter_EveryOperatorOnEveryType_MeansWhatTheRfcSays(AttributeType type, string comparison)
    {
        var (_, low, high, _) = Types.Single(one => one.Type == type);
        var isText = type is AttributeType.String or AttributeType.Reference;
        foreach (var many in new[] { false, true })
        {
            var name = $"{Urn}:{Name(type, many)}";
            var user = Holding(type, many, low);
            if ((comparison is "co" or "sw" or "ew" && !isText) || (comparison is "gt" or "ge" or "lt" or "le" && type == AttributeType.Boolean))
            {
                Json.Refused("invalidFilter", "filter-operator-type", Engine.Parse($"{name} {comparison} {low}", Acme));
                continue;
            }

            Assert.Equal(comparison is "eq" or "co" or "sw" or "ew" or "ge" or "le", Matches($"{name} {comparison} {low}", user));
            Assert.Equal(comparison is "ne" or "lt" or "le", Matches($"{name} {comparison} {high}", user));
            Assert.Equal(comparison is "ne", Matches($"{name} {comparison} {low}", """{"userName":"u"}"""));
        }
    }

    [Theory]
    [MemberData(nameof(AllTypes))]
    public void Filter_PresentNullAndWrongType_AreJudgedByTheType(AttributeType type)
    {
        var (_, low, _, wrong) = Types.Single(one => one.Type == type);
        foreach (var many in new[] { false, true })
        {
            var name = $"{Urn.ToUpperInvariant()}:{Name(type, many)}";
            Assert.True(Matches($"{name} pr", Holding(type, many, low)));
            Assert.False(Matches($"{name} pr", """{"userName":"u"}"""));
            Assert.True(Matches($"{name} eq null", """{"userName":"u"}"""));
            if (type is not (AttributeType.Integer or AttributeType.Decimal) || wrong[0] == '"')
            {
                Json.Refused("invalidFilter", "filter-value-type", Engine.Parse($"{name} eq {wrong}", Acme));
            }
        }
    }

    [Theory]
    [MemberData(nameof(AllTypes))]
    public void Body_ValueOfTheTypeOrAnother_IsTakenOrInvalidValue(AttributeType type)
    {
        var (_, low, high, wrong) = Types.Single(one => one.Type == type);
        var (one, many) = (Name(type), Name(type, many: true));

        Json.Same(
            User($"{{\"{one}\":{low},\"{many}\":[{low},{high}]}}"),
            Engine.Stored($"\"userName\":\"u\",\"{Urn.ToUpperInvariant()}\":{{\"{one.ToUpperInvariant()}\":{low},\"{many}\":[{low},null,{high}],\"unknown\":1}}", Acme));
        Json.Refused("invalidValue", "value-type", Engine.Read(Engine.Body($"\"userName\":\"u\",\"{Urn}\":{{\"{one}\":{wrong}}}"), Acme));
        Json.Refused("invalidValue", "value-type", Engine.Read(Engine.Body($"\"userName\":\"u\",\"{Urn}\":{{\"{many}\":[{low},{wrong}]}}"), Acme));
        Json.Refused("invalidValue", "value-type", Engine.Read(Engine.Body($"\"userName\":\"u\",\"{Urn}\":{{\"{one}\":[{low}]}}"), Acme));
        Json.Refused("invalidValue", "value-type", Engine.Read(Engine.Body($"\"userName\":\"u\",\"{Urn}\":{{\"{one}\":{{\"value\":{low}}}}}"), Acme));
    }

    // The table of RFC 7644 §3.5.2 for single-valued attributes: absent and present, by path, by a member that is a path, and by the extension.
    [Theory]
    [MemberData(nameof(AllTypes))]
    public void Patch_SingleValue_IsSetReplacedAndTakenAway(AttributeType type)
    {
        var (_, low, high, wrong) = Types.Single(one => one.Type == type);
        var (name, held) = (Name(type), Holding(type, many: false, low));
        const string none = """{"userName":"u"}""";
        foreach (var op in new[] { "add", "replace" })
        {
            foreach (var before in new[] { none, held })
            {
                Patched(Holding(type, many: false, high), before, Engine.Operation(op, $"{Urn}:{name}", high));
                Patched(Holding(type, many: false, high), before, Engine.Operation(op, null, $"{{\"{Urn}:{name}\":{high}}}"));
                Patched(Holding(type, many: false, high), before, Engine.Operation(op, null, $"{{\"{Urn}\":{{\"{name}\":{high}}}}}"));
                Patched(Holding(type, many: false, high), before, Engine.Operation(op, Urn, $"{{\"{name}\":{high}}}"));
            }

            Json.Refused("invalidValue", "value-type", Engine.Patch(held, Engine.Operation(op, $"{Urn}:{name}", wrong), Acme));
        }

        Patched(none, held, Engine.Operation("remove", $"{Urn}:{name}", null));
        Patched(none, none, Engine.Operation("remove", $"{Urn}:{name}", null));
        Patched(none, held, Engine.Operation("replace", $"{Urn}:{name}", "null"));
        Patched(none, held, Engine.Operation("remove", Urn, null));
    }

    [Theory]
    [MemberData(nameof(AllTypes))]
    public void Patch_MultipleValues_AreAppendedReplacedAndTakenAway(AttributeType type)
    {
        var (_, low, high, wrong) = Types.Single(one => one.Type == type);
        var (path, held) = ($"{Urn}:{Name(type, many: true)}", Holding(type, many: true, low));

        Patched(Holding(type, many: true, $"{low},{high}"), held, Engine.Operation("add", path, $"[{high}]"));
        Patched(Holding(type, many: true, $"{low},{high}"), held, Engine.Operation("add", path, high));
        Patched(held, held, Engine.Operation("add", path, $"[{low}]"));
        Patched(Holding(type, many: true, high), held, Engine.Operation("replace", path, $"[{high}]"));
        Patched("""{"userName":"u"}""", held, Engine.Operation("replace", path, "[]"));
        Patched("""{"userName":"u"}""", held, Engine.Operation("remove", path, null));
        Patched(Holding(type, many: true, high), Holding(type, many: true, $"{low},{high}"), Engine.Operation("remove", path, $"[{low}]"));
        Json.Refused("invalidValue", "value-type", Engine.Patch(held, Engine.Operation("add", path, $"[{wrong}]"), Acme));
        Json.Refused("invalidPath", "path-brackets-misplaced", Engine.Patch(held, Engine.Operation("remove", $"{path}[value eq {low}]", null), Acme));
    }

    [Fact]
    public void Closed_OnlyItsValues_AreTakenInAnyLetterCase()
    {
        Json.Same(User("""{"level":"Senior"}"""), Engine.Stored($"\"userName\":\"u\",\"{Urn}\":{{\"level\":\"SENIOR\"}}", Acme));
        Json.Refused("invalidValue", "value-not-canonical", Engine.Read(Engine.Body($"\"userName\":\"u\",\"{Urn}\":{{\"level\":\"Chief\"}}"), Acme));
        Json.Refused("invalidValue", "value-not-canonical", Engine.Patch("""{"userName":"u"}""", Engine.Operation("add", $"{Urn}:level", "\"Chief\""), Acme));

        var exact = With(new AttributeDefinition { Name = "level", IsClosed = true, CaseExact = true, CanonicalValues = ["Junior", "Senior"] });
        Json.Refused("invalidValue", "value-not-canonical", Engine.Read(Engine.Body($"\"userName\":\"u\",\"{Urn}\":{{\"level\":\"SENIOR\"}}"), exact));
    }

    // RFC 7643 §7: canonical values are suggestions, and in the core schemas they are no more than that.
    [Fact]
    public void Open_OtherThanTheSuggestedValues_AreTaken() =>
        Assert.True(Engine.Read(Engine.Body("\"userName\":\"u\",\"emails\":[{\"value\":\"a\",\"type\":\"boat\"}]"), Acme).Succeeded);

    [Fact]
    public void Unknown_NamesUnderTheUrn_AreErrorsInPathsAndIgnoredInBodies()
    {
        Json.Refused("invalidFilter", "filter-unknown-attribute", Engine.Parse($"{Urn}:shoe pr", Acme));
        Json.Refused("invalidPath", "path-unknown-attribute", Engine.Patch("""{"userName":"u"}""", Engine.Operation("add", $"{Urn}:shoe", "1"), Acme));
        Assert.Equal([new IgnoredReason(Ignored.UnknownAttribute, 1)], Engine.Read(Engine.Body($"\"userName\":\"u\",\"{Urn}\":{{\"shoe\":1}}"), Acme).Value.Ignored);
    }

    [Fact]
    public void Required_OfAUserMadeBefore_IsMissedByPutAndNotByPatch()
    {
        var type = With(new AttributeDefinition { Name = "code", Required = true }, new AttributeDefinition { Name = "site", Required = true });
        const string before = """{"userName":"u"}""";
        var both = User("""{"code":"c","site":"s"}""");

        Json.Refused("invalidValue", "required-extension-missing", ResourceChanges.Replace(type, Json.Object(before), Engine.Read(Engine.Body("\"userName\":\"u\""), type).Value));
        Json.Refused("invalidValue", "required-attribute-missing", ResourceChanges.Create(type, Engine.Read(Engine.Body($"\"userName\":\"u\",\"{Urn}\":{{\"code\":\"c\"}}"), type).Value));
        Json.Same("""{"userName":"u","title":"t"}""", Engine.Patch(before, Engine.Operation("add", "title", "\"t\""), type).Value.Attributes);
        Json.Same(before, Engine.Patch(before, Engine.Operation("remove", $"{Urn}:code", null), type).Value.Attributes);

        // What is filled in bit by bit gets better with each, and may not get worse again.
        Json.Same(User("""{"code":"c"}"""), Engine.Patch(before, Engine.Operation("add", $"{Urn}:code", "\"c\""), type).Value.Attributes);
        Json.Refused("mutability", "required-attribute-removed", Engine.Patch(both, Engine.Operation("remove", $"{Urn}:code", null), type));
        Json.Refused("mutability", "required-attribute-removed", Engine.Patch(both, Engine.Operation("replace", $"{Urn}:site", "\"\""), type));
        Json.Refused("invalidValue", "required-extension-missing", Engine.Patch(both, Engine.Operation("remove", Urn, null), type));
        Json.Refused("invalidValue", "required-extension-missing", Engine.Patch(User("""{"code":"c"}"""), Engine.Operation("remove", Urn, null), type));
    }

    [Fact]
    public void Projection_NamesAttributesOfTheTenant()
    {
        var stored = DocumentOf(User("""{"oneString":"a","oneInteger":1}"""));
        Assert.Equal($$"""{"oneInteger":1}""", Shown(stored, $"{Urn}:oneinteger", null)[Urn]!.ToJsonString());
        Assert.Equal($$"""{"oneInteger":1}""", Shown(stored, null, $"{Urn}:oneString")[Urn]!.ToJsonString());
        Assert.Null(Shown(stored, null, Urn)[Urn]);
    }

    private static System.Text.Json.Nodes.JsonObject Shown(byte[] stored, string? attributes, string? excluded) =>
        TenantDocuments.Shown(Acme, stored, Projection.Parse(Acme, attributes, excluded).Value);

    private static byte[] DocumentOf(string attributes) => TenantDocuments.Stored(Acme, attributes);

    private static bool Matches(string filter, string user)
    {
        using var document = JsonDocument.Parse(user);
        return Filter.Parse(Acme, filter, Engine.Limits).Value.Matches(document.RootElement);
    }

    private static string Holding(AttributeType type, bool many, string values) =>
        User($"{{\"{Name(type, many)}\":{(many ? $"[{values}]" : values)}}}");

    private static void Patched(string expected, string before, string operation) => Json.Same(expected, Engine.Patch(before, operation, Acme).Value.Attributes);
}
