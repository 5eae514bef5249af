using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Schemas;
using static OrleansIdentity.Grains.Tests.Schemas.OwnSchema;

namespace OrleansIdentity.Grains.Tests.Schemas;

public sealed class SchemaChecksTests
{
    [Theory]
    [InlineData("urn:ietf:params:scim:schemas:extension:acme:2.0:User")]
    [InlineData("urn:example:a.b-c_d:User")]
    [InlineData("URN:x1:a")]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise-plus:2.0:User")]
    public void Urn_ThatPathsCanBeginWith_IsTaken(string urn) => Assert.Null(SchemaChecks.Refuse(With() with { Urn = urn }));

    [Theory]
    [InlineData("")]
    [InlineData("acme")]
    [InlineData("urn:acme")]
    [InlineData("urn:acme:")]
    [InlineData("urn:acme:a:")]
    [InlineData("urn:acme::a")]
    [InlineData("urn:a:b")]
    [InlineData("urn:-a:b")]
    [InlineData("urn:acme:a b")]
    [InlineData("urn:acme:a,b")]
    [InlineData("urn:acme:a[b]")]
    [InlineData("urn:acme:a/b")]
    [InlineData("urn:acme:é")]
    [InlineData("urn:acme:2.")]
    [InlineData("urn:acme:a\n")]
    public void Urn_ThatIsNone_IsRefused(string urn) => Refused("schema-urn-invalid", With() with { Urn = urn });

    [Fact]
    public void Urn_TooLong_IsRefused()
    {
        Assert.Null(SchemaChecks.Refuse(With() with { Urn = "urn:acme:" + new string('a', 191) }));
        Refused("schema-urn-invalid", With() with { Urn = "urn:acme:" + new string('a', 192) });
    }

    // F17: a path is told by the longest URN that is known, so no URN may be another one's beginning.
    [Theory]
    [InlineData("urn:ietf:params:scim:schemas:core:2.0:User")]
    [InlineData("URN:IETF:PARAMS:SCIM:SCHEMAS:CORE:2.0:USER")]
    [InlineData("urn:ietf:params:scim:schemas:core:2.0:Device")]
    [InlineData("urn:ietf:params:scim:schemas:core:2.0:User:title")]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager")]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0")]
    [InlineData("urn:ietf:params:scim:schemas")]
    [InlineData("urn:ietf:params:scim:api:messages:2.0:PatchOp")]
    public void Urn_OfScimItself_IsRefused(string urn) => Refused("schema-urn-reserved", With() with { Urn = urn });

    // The URN that a tenant of this name would get by itself is the enterprise extension's.
    [Fact]
    public void Urn_OfTheTenantNamedEnterprise_HasToBeChosen() => Refused("schema-urn-reserved", TenantSchema.None("enterprise"));

    [Theory]
    [InlineData("a")]
    [InlineData("hireDate")]
    [InlineData("Z-9_$")]
    [InlineData("userName")]
    public void Name_OfRfc7643_IsTaken(string name) => Assert.Null(SchemaChecks.Refuse(With(Text(name))));

    // RFC 7643 §2.1: ATTRNAME = ALPHA *(nameChar); nameChar = "$" / "-" / "_" / DIGIT / ALPHA.
    [Theory]
    [InlineData("", "schema-attribute-name")]
    [InlineData("1a", "schema-attribute-name")]
    [InlineData("$ref", "schema-attribute-name")]
    [InlineData("_a", "schema-attribute-name")]
    [InlineData("a.b", "schema-attribute-name")]
    [InlineData("a:b", "schema-attribute-name")]
    [InlineData("a b", "schema-attribute-name")]
    [InlineData("é", "schema-attribute-name")]
    [InlineData("a\n", "schema-attribute-name")]
    [InlineData("ID", "schema-attribute-reserved")]
    [InlineData("schemas", "schema-attribute-reserved")]
    [InlineData("meta", "schema-attribute-reserved")]
    [InlineData("externalid", "schema-attribute-reserved")]
    public void Name_ThatIsNone_IsRefused(string name, string id) => Refused(id, With(Text(name)));

    [Fact]
    public void Limits_AreThoseThatAreStated()
    {
        Assert.Null(SchemaChecks.Refuse(With([.. Enumerable.Range(0, 100).Select(number => Text($"a{number}"))])));
        Refused("schema-too-many-attributes", With([.. Enumerable.Range(0, 101).Select(number => Text($"a{number}"))]));
        Assert.Null(SchemaChecks.Refuse(With(Text(new string('n', 64)))));
        Refused("schema-attribute-name", With(Text(new string('n', 65))));
        Assert.Null(SchemaChecks.Refuse(With(Text("a") with { Description = new string('d', 500) })));
        Refused("schema-description-too-long", With(Text("a") with { Description = new string('d', 501) }));
        Assert.Null(SchemaChecks.Refuse(With(Text("a", [.. Values(500)]), Text("b", [.. Values(500)]))));
        Refused("schema-too-many-canonical-values", With(Text("a", [.. Values(500)]), Text("b", [.. Values(501)])));
    }

    [Fact]
    public void Names_DifferingInLetterCaseAlone_AreRefused() => Refused("schema-attribute-twice", With(Text("hireDate"), Text("HIREDATE")));

    [Theory]
    [InlineData(CustomAttributeType.String, false, null)]
    [InlineData(CustomAttributeType.String, true, null)]
    [InlineData(CustomAttributeType.Reference, true, null)]
    [InlineData(CustomAttributeType.Reference, false, "schema-case-exact")]
    [InlineData(CustomAttributeType.Boolean, true, "schema-case-exact")]
    [InlineData(CustomAttributeType.DateTime, true, "schema-case-exact")]
    [InlineData(CustomAttributeType.Integer, true, "schema-case-exact")]
    [InlineData(CustomAttributeType.Decimal, true, "schema-case-exact")]
    [InlineData((CustomAttributeType)99, false, "schema-attribute-type")]
    public void CaseExact_WhereItMeansNothing_IsRefused(CustomAttributeType type, bool caseExact, string? id) =>
        Assert.Equal(id, SchemaChecks.Refuse(With(Of("a", type) with { CaseExact = caseExact }))?.Id);

    [Fact]
    public void CanonicalValues_ThatCannotBe_AreRefused()
    {
        Assert.Null(SchemaChecks.Refuse(With(Text("a", "Junior", "Senior"), Text("b", "x", "X") with { CaseExact = true })));
        Refused("schema-canonical-twice", With(Text("a", "x", "X")));
        Refused("schema-canonical-twice", With(Text("a", "x", "x") with { CaseExact = true }));
        Refused("schema-canonical-value", With(Text("a", "")));
        Refused("schema-canonical-value", With(Text("a", new string('v', 101))));
        Refused("schema-canonical-value", With(Text("a", "\ud800")));
        Refused("schema-canonical-type", With(Of("a", CustomAttributeType.Integer) with { CanonicalValues = ["1"] }));
    }

    private static IEnumerable<string> Values(int count) => Enumerable.Range(0, count).Select(number => $"v{number}");

    private static void Refused(string id, TenantSchema schema)
    {
        var refusal = SchemaChecks.Refuse(schema);
        Assert.Equal((400, id), (refusal?.Status ?? 0, refusal?.Id ?? "none"));
        Assert.True(refusal!.Detail.Length < 400);
    }
}
