using System.Text;
using System.Text.Json.Nodes;
using OrleansIdentity.Bench.Servers;

namespace OrleansIdentity.Bench.Calls;

/// <summary>The five calls that Okta makes most, with bodies of the size that it sends.</summary>
internal static class OktaCalls
{
    /// <summary>The five, against a directory of users that <see cref="Create"/> has made.</summary>
    /// <param name="server">Whom they are for.</param>
    /// <param name="ids">The users' ids; the n-th belongs to the n-th name.</param>
    public static Call[] Five(ScimServer server, string[] ids) =>
    [
        new("GET by id", "/GET", n => server.Request("GET", $"/Users/{ids[n % ids.Length]}")),
        new("filter userName eq", "/filter", n => server.Request(
            "GET", $"/Users?filter=userName%20eq%20%22{Uri.EscapeDataString(Name(n % ids.Length))}%22&startIndex=1&count=100")),
        new("list of 100", "/list", n => server.Request("GET", $"/Users?startIndex={1 + (n % (ids.Length / 100) * 100)}&count=100")),
        new("PATCH", "/PATCH", n => server.Request("PATCH", $"/Users/{ids[n % ids.Length]}", Encoding.UTF8.GetBytes(
            $$$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","value":{"nickName":"n{{{n}}}"}}]}"""))),
        new("POST", "/POST", n => Create(server, ids.Length + n)),
    ];

    /// <summary>What Okta sends to create the n-th user.</summary>
    public static byte[] Create(ScimServer server, int n) => server.Request("POST", "/Users", Encoding.UTF8.GetBytes(new JsonObject
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"),
        ["userName"] = Name(n),
        ["name"] = new JsonObject { ["givenName"] = "Ann", ["familyName"] = $"Lee {n}" },
        ["emails"] = new JsonArray(new JsonObject { ["primary"] = true, ["value"] = Name(n), ["type"] = "work" }),
        ["displayName"] = $"Ann Lee {n}",
        ["locale"] = "en-US",
        ["title"] = "Engineer",
        ["externalId"] = $"00u{n:d17}",
        ["groups"] = new JsonArray(),
        ["password"] = "placeholder",
        ["active"] = true,
        ["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"] = new JsonObject { ["department"] = "Research", ["employeeNumber"] = $"{n}" },
    }.ToJsonString()));

    private static string Name(int n) => $"ann.lee.{n}@example.com";
}
