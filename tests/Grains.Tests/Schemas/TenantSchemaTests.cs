using System.Text;
using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Schemas;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Tenants;
using OrleansIdentity.Scim.Schemas;
using static OrleansIdentity.Grains.Tests.Schemas.OwnSchema;

namespace OrleansIdentity.Grains.Tests.Schemas;

public sealed class TenantSchemaTests
{
    private const string Slug = "acme";
    private static readonly EventOrigin Origin = new("operator", "operator", "correlation");
    private static readonly TenantState Empty = new(Slug, [], false, new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero), []);

    // An invitation that waits for a field which nobody can fill would wait for ever.
    [Fact]
    public void HireDateField_OfNoDate_CanNeitherBeSetNorTakenAway()
    {
        var state = Defined(Text("hireDate"), Of("floor", CustomAttributeType.Integer), Text("dates") with { MultiValued = true });
        foreach (var field in new[] { "floor", "dates", "hiredate", "" })
        {
            Assert.Equal("hire-date-field-unknown", Assert.IsType<TenantDecision.Refused>(TenantLifecycle.SetSettings(Slug, state, Waiting(field))).Refusal.Id);
        }

        var waiting = Assert.IsType<TenantDecision.Transition>(TenantLifecycle.SetSettings(Slug, state, Waiting("hireDate"))).Next;
        Refused("schema-attribute-awaited", waiting, new DefineSchema(1, Urn, [Text("floor")], Origin));
        var kept = Assert.IsType<TenantDecision.Transition>(TenantLifecycle.DefineSchema(Slug, waiting, new DefineSchema(1, Urn, [Text("hireDate")], Origin))).Next;
        Assert.IsType<TenantDecision.Transition>(TenantLifecycle.SetSettings(Slug, kept, TenantSettings.Default));

        static TenantSettings Waiting(string field) => new(IgnoreUnknownMembers: false) { Invitations = new InvitationPolicy(Automatic: true, field) };
    }

    [Fact]
    public void Define_First_IsRevisionOneUnderTheTenantsUrnWithOneEvent()
    {
        var transition = Transition(Empty, new DefineSchema(0, null, [Text("costCode")], Origin));

        Assert.Equal((1, "urn:ietf:params:scim:schemas:extension:acme:2.0:User"), (transition.Next.Schema!.Revision, transition.Next.Schema.Urn));
        Assert.Equal(EventTypes.TenantSchemaChanged, transition.EventType);
        Assert.Equal(["schema.attributes.costCode", "schema.urn"], transition.Changes.Select(change => change.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Define_Changes_AreToldAttributeByAttribute()
    {
        var state = Defined(Text("kept"), Text("gone"), Text("told"));
        var transition = Transition(state, new DefineSchema(1, Urn, [Text("kept"), Text("told") with { Required = true }, Text("new")], Origin));

        Assert.Equal(
            [("schema.attributes.gone", true, false), ("schema.attributes.new", false, true), ("schema.attributes.told", true, true)],
            transition.Changes.Select(change => (change.Path, change.Before is not null, change.After is not null)).OrderBy(change => change.Path, StringComparer.Ordinal));
        Assert.Equal(2, transition.Next.Schema!.Revision);
    }

    // After an unknown outcome the same is sent again, from the revision that its caller had read.
    [Fact]
    public void Define_SameAgain_IsUnchangedFromAnyRevision()
    {
        var state = Defined(Text("a"), Text("b", "x"));
        foreach (var revision in new long[] { 0, 1, 5 })
        {
            Assert.IsType<TenantDecision.Unchanged>(TenantLifecycle.DefineSchema(Slug, state, new DefineSchema(revision, Urn, [Text("b", "x"), Text("a")], Origin)));
        }
    }

    [Fact]
    public void Define_FromAnotherRevision_IsAConflict()
    {
        Refused("schema-revision-conflict", Empty, new DefineSchema(1, null, [Text("a")], Origin));
        Refused("schema-revision-conflict", Defined(Text("a")), new DefineSchema(0, Urn, [Text("b")], Origin));
        Refused("tenant-unknown", null, new DefineSchema(0, null, [], Origin));
        Refused("schema-attribute-name", Empty, new DefineSchema(0, null, [Text("a b")], Origin));
    }

    [Fact]
    public void Define_AnotherType_TakesTwoSteps()
    {
        var state = Defined(Text("code"));
        Refused("schema-attribute-type-fixed", state, new DefineSchema(1, Urn, [Of("CODE", CustomAttributeType.Integer)], Origin));
        Refused("schema-attribute-type-fixed", state, new DefineSchema(1, Urn, [Text("code") with { MultiValued = true }], Origin));
        Refused("schema-attribute-type-fixed", Defined(Text("many") with { MultiValued = true }), new DefineSchema(1, Urn, [Text("many")], Origin));

        var without = Transition(state, new DefineSchema(1, Urn, [], Origin)).Next;
        Assert.Equal(3, Transition(without, new DefineSchema(2, Urn, [Of("code", CustomAttributeType.Integer)], Origin)).Next.Schema!.Revision);
    }

    [Fact]
    public void Define_WhatHidesNothing_IsFree() => Assert.Equal(
        2,
        Transition(
            Defined(Text("code", "x")),
            new DefineSchema(1, "urn:example:other:User", [Text("code", "y") with { Required = true, CaseExact = true, Description = "d" }], Origin)).Next.Schema!.Revision);

    [Fact]
    public void State_StoredBeforeThereWereSchemas_HasNone()
    {
        var document = JsonNode.Parse(Empty.ToDocument())!.AsObject();
        Assert.True(document.Remove("schema"));
        var read = TenantState.From(Stored(Encoding.UTF8.GetBytes(document.ToJsonString())));

        Assert.Null(read.Schema);
        Assert.Equal(0, read.ToSchema().Revision);
    }

    [Fact]
    public void State_WithASchema_ReadsBackTheSame()
    {
        var state = Defined([Text("level", "Junior", "Senior") with { Required = true, Description = "d" }, .. Enum.GetValues<CustomAttributeType>().Select(type => Of($"a{type}", type))]);
        var read = TenantState.From(Stored(state.ToDocument()));

        Assert.Equal(state.ToDocument(), read.ToDocument());
        Assert.Contains("\"type\":\"DateTime\"", Encoding.UTF8.GetString(state.ToDocument()), StringComparison.Ordinal);
        Assert.Empty(SchemaChange.Between(state.Schema, read.Schema!));
    }

    [Theory]
    [InlineData(CustomAttributeType.String, AttributeType.String)]
    [InlineData(CustomAttributeType.Boolean, AttributeType.Boolean)]
    [InlineData(CustomAttributeType.Decimal, AttributeType.Decimal)]
    [InlineData(CustomAttributeType.Integer, AttributeType.Integer)]
    [InlineData(CustomAttributeType.DateTime, AttributeType.DateTime)]
    [InlineData(CustomAttributeType.Reference, AttributeType.Reference)]
    public void UserType_OfASchema_HasItsAttributesAsTheyAreDefined(CustomAttributeType defined, AttributeType type)
    {
        var users = TenantUserType.Of(With(Of("one", defined) with { Description = "d", MultiValued = true, Required = true }) with { Revision = 7 });
        var attribute = users.Type.FindExtension(Urn)!.Find("ONE")!;

        Assert.Equal((7, type, true, true, "d"), (users.Revision, attribute.Type, attribute.MultiValued, attribute.Required, attribute.Description));
        Assert.Equal(
            (Mutability.ReadWrite, Returned.Default, Uniqueness.None, defined == CustomAttributeType.Reference),
            (attribute.Mutability, attribute.Returned, attribute.Uniqueness, attribute.CaseExact));
        Assert.True(users.Type.Extensions[^1].Required);
        Assert.Equal<AttributeDefinition>(ResourceTypes.User.Attributes.AsEnumerable(), users.Type.Attributes.AsEnumerable());
    }

    [Fact]
    public void UserType_OfNoSchema_IsTheCommonOne() => Assert.Same(TenantUserType.None, TenantUserType.Of(TenantSchema.None(Slug)));

    [Fact]
    public async Task UserTypes_AreMadeOncePerRevisionAndNeverGoBack()
    {
        var types = new UserTypes();
        var reads = 0;
        Func<Task<TenantSchema?>> Read(long revision) => () =>
        {
            reads++;
            return Task.FromResult<TenantSchema?>(With(Text("a")) with { Revision = revision });
        };

        Assert.Same(TenantUserType.None, await types.OfAsync("one", 0, Read(9)));
        var first = await types.OfAsync("one", 1, Read(1));
        Assert.Same(first, await types.OfAsync("one", 1, Read(1)));
        Assert.Equal(2, (await types.OfAsync("one", 2, Read(2))).Revision);
        Assert.Equal(2, (await types.OfAsync("one", 1, Read(1))).Revision);
        Assert.Equal(2, reads);

        // A read that was overtaken is of no use to anybody who comes after.
        Assert.Equal(3, (await types.OfAsync("one", 3, Read(3))).Revision);
        Assert.Equal(3, (await types.OfAsync("one", 4, Read(1))).Revision);
        Assert.Equal(4, reads);
        Assert.Same(TenantUserType.None, await types.OfAsync("other", 0, Read(9)));
    }

    [Fact]
    public async Task UserTypes_OfManyTenants_StayBounded()
    {
        var types = new UserTypes();
        var reads = 0;
        for (var round = 0; round < 2; round++)
        {
            for (var number = 0; number < 1_500; number++)
            {
                Assert.Equal(1, (await types.OfAsync($"t{number}", 1, Read)).Revision);
            }
        }

        Assert.InRange(reads, 1_501, 3_000);

        Task<TenantSchema?> Read()
        {
            reads++;
            return Task.FromResult<TenantSchema?>(With());
        }
    }

    private static TenantState Defined(params CustomAttribute[] attributes) => Empty with { Schema = With(attributes) };

    private static StoredRecord Stored(byte[] document) => new(new RecordKey(Slug, RecordKinds.Tenant, Slug), 1, Guid.Empty, document);

    private static TenantDecision.Transition Transition(TenantState state, DefineSchema command) =>
        Assert.IsType<TenantDecision.Transition>(TenantLifecycle.DefineSchema(Slug, state, command));

    private static void Refused(string id, TenantState? state, DefineSchema command) =>
        Assert.Equal(id, Assert.IsType<TenantDecision.Refused>(TenantLifecycle.DefineSchema(Slug, state, command)).Refusal.Id);
}
