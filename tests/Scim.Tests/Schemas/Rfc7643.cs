using System.Text.Json.Nodes;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Scim.Tests.Schemas;

/// <summary>
/// The attributes of RFC 7643 §8.7.1, copied from the RFC as a table. Where its JSON contradicts its own text, the text holds: references (§2.3.7,
/// erratum 6001) and binary data (§2.3.6) are case-exact.
/// </summary>
internal static class Rfc7643
{
    // name, or name: parts. * is multi-valued; ! required; ~ case-exact; ^ read-only; = immutable; + unique; types but string in parentheses.
    private const string User = """
        userName!+
        name(complex): formatted familyName givenName middleName honorificPrefix honorificSuffix
        displayName
        nickName
        profileUrl~(reference)
        title
        userType
        preferredLanguage
        locale
        timezone
        active(boolean)
        password
        emails*(complex): value display type primary(boolean)
        phoneNumbers*(complex): value display type primary(boolean)
        ims*(complex): value display type primary(boolean)
        photos*(complex): value~(reference) display type primary(boolean)
        addresses*(complex): formatted streetAddress locality region postalCode country type primary(boolean)
        groups*^(complex): value^ $ref~^(reference) display^ type^
        entitlements*(complex): value display type primary(boolean)
        roles*(complex): value display type primary(boolean)
        x509Certificates*(complex): value~(binary) display type primary(boolean)
        """;

    private const string Enterprise = """
        employeeNumber
        costCenter
        organization
        division
        department
        manager(complex): value $ref~(reference) displayName^
        """;

    // §4.2 requires displayName, §3.1 makes ids case-exact; that the name is unique is this server's own.
    private const string Group = """
        displayName!+
        members*(complex): value~= $ref~=(reference) type=
        """;

    /// <summary>The attributes of a schema, those of complex ones after them.</summary>
    public static IEnumerable<Row> Attributes(string urn) => (urn switch
    {
        SchemaUrns.User => User,
        SchemaUrns.Group => Group,
        _ => Enterprise,
    }).Split('\n').SelectMany(line =>
    {
        var halves = line.Trim().Split(": ");
        var whole = Row.Parse(halves[0], "");
        return (halves.Length == 1 ? [] : halves[1].Split(' ')).Select(part => Row.Parse(part, whole.Path + ".")).Prepend(whole);
    });

    /// <summary>What the table says of an attribute.</summary>
    public sealed record Row(string Path, string Type, bool MultiValued, bool Required, bool CaseExact, string Mutability, string Returned, string Uniqueness)
    {
        public static Row Of((string Path, JsonNode Node) attribute) => new(
            attribute.Path,
            attribute.Node["type"]!.GetValue<string>(),
            attribute.Node["multiValued"]!.GetValue<bool>(),
            attribute.Node["required"]!.GetValue<bool>(),
            attribute.Node["caseExact"]!.GetValue<bool>(),
            attribute.Node["mutability"]!.GetValue<string>(),
            attribute.Node["returned"]!.GetValue<string>(),
            attribute.Node["uniqueness"]!.GetValue<string>());

        public static Row Parse(string text, string prefix)
        {
            var typed = text.Split('(');
            var marks = typed[0];
            var name = marks.TrimEnd('~', '*', '!', '^', '=', '+');
            return new Row(
                prefix + name,
                typed.Length == 1 ? "string" : typed[1].TrimEnd(')'),
                marks.Contains('*'),
                marks.Contains('!'),
                marks.Contains('~'),
                marks.Contains('^') ? "readOnly" : marks.Contains('=') ? "immutable" : name == "password" ? "writeOnly" : "readWrite",
                name == "password" ? "never" : "default",
                marks.Contains('+') ? "server" : "none");
        }
    }
}
