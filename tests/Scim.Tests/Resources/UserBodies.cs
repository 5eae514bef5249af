using System.Text.Json;
using CsCheck;
using OrleansIdentity.Scim.Schemas;
using OrleansIdentity.Scim.Tests.Support;

namespace OrleansIdentity.Scim.Tests.Resources;

/// <summary>Generates bodies: members that a user may have with values of every kind, and JSON that means nothing.</summary>
internal static class UserBodies
{
    private static readonly Gen<string> Scalars = Gens.OneOf(
        "null", "\"\"", "true", "\"True\"", "\"ann@example.com\"",
        "\"Zoë \\\"quoted\\\" \\\\ \\u00e9\"", "5", "1.50", "\"AAAA\"", "\"\\u2028<&'>\"", "\"}}\"", "\"😀\"");

    private static readonly Gen<string> Any = Gen.Recursive<string>((depth, inner) => depth >= 3 ? Scalars : Gen.Frequency(
        (5, Scalars),
        (2, inner.Array[0, 3].Select(elements => $"[{string.Join(',', elements)}]")),
        (3, Gen.Select(Gens.OneOf("value", "type", "primary", "givenName", "Display", "manager", "$ref", "shoe", "a"), inner).Array[0, 4].Select(Object))));

    private static readonly Gen<(string, string)> Member = Gen.Frequency(
        (4, Gen.Select(Gens.OneOf("userName", "nickName", "title", "externalId", "NICKNAME", "shoeSize"), Gens.OneOf("\"a\"", "\"\"", "null", "\"Ab }} é\""))),
        (1, Gen.Select(Gen.Const("active"), Gens.OneOf("true", "\"False\"", "null"))),
        (2, Gen.Select(Gen.Const("name"), Gens.OneOf("{\"givenName\":\"G\"}", "{\"GivenName\":\"\",\"familyName\":\"F\"}", "{}", "{\"shoe\":1}"))),
        (3, Gen.Select(Gens.OneOf("emails", "phoneNumbers", "Roles"), Emails())),
        (2, Gen.Select(
            Gens.OneOf(SchemaUrns.EnterpriseUser, SchemaUrns.EnterpriseUser.ToUpperInvariant()),
            Gens.OneOf("{\"manager\":\"m\"}", "{\"Division\":\"d\",\"shoe\":1}", "{\"manager\":{\"displayName\":\"B\"}}"))),
        (1, Gen.Select(Gens.OneOf("urn:x:User", "urn:y:User"), Any)),
        (1, Gen.Select(Gens.OneOf("id", "meta", "groups", "password"), Any)));

    private static readonly Gen<string> Names = Gen.OneOf(
        Gens.OneOf("userName", "emails", "name", "active", "schemas", SchemaUrns.EnterpriseUser, SchemaUrns.User, "urn:x", "meta"), Gen.String);

    /// <summary>The members of a body that is mostly right.</summary>
    public static Gen<string> Members { get; } = Member.Array[1, 6].Select(members => Object(members)[1..^1]).Where(members => members.Length > 0);

    /// <summary>Bodies with anything anywhere, and texts that are no JSON.</summary>
    public static Gen<string> Wild { get; } = Gen.OneOf(
        Gen.String,
        Any,
        Gen.Select(Names, Any).Array[0, 5].Select(members => Object([.. members, ("schemas", "[\"urn:x\"]")])));

    private static Gen<string> Emails() => Gens.OneOf(
        "[{\"value\":\"a\",\"type\":\"work\",\"primary\":true},{\"value\":\"b\"}]",
        "[{\"value\":\"\"}]",
        "[]",
        "\"bare\"",
        "{\"value\":\"one\",\"primary\":\"True\"}",
        "[{\"type\":\"home\"},{\"value\":\"c\",\"shoe\":5},null]");

    private static string Object((string Name, string Value)[] members)
    {
        var once = members.DistinctBy(member => member.Name, StringComparer.OrdinalIgnoreCase);
        return $"{{{string.Join(',', once.Select(member => $"{JsonSerializer.Serialize(member.Name)}:{member.Value}"))}}}";
    }
}
