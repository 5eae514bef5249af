using System.Text.Json.Nodes;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.Bulk;

/// <summary>Makes bulk requests and reads what came of each operation.</summary>
internal static class BulkClient
{
    public const string EnterpriseUrn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    public static JsonObject Post(string bulkId, string path, JsonObject data) => new()
    {
        ["method"] = "POST",
        ["bulkId"] = bulkId,
        ["path"] = path,
        ["data"] = data,
    };

    public static JsonObject Operation(string method, string path, JsonObject? data = null, string? version = null)
    {
        var operation = new JsonObject { ["method"] = method, ["path"] = path };
        if (data is not null)
        {
            operation["data"] = data;
        }

        if (version is not null)
        {
            operation["version"] = version;
        }

        return operation;
    }

    public static JsonObject Patch(string path, params JsonObject[] operations) => Operation("PATCH", path, ScimClient.PatchOp(operations));

    public static JsonObject Request(IEnumerable<JsonObject> operations, int? failOnErrors = null)
    {
        var request = new JsonObject
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:BulkRequest"),
            ["Operations"] = new JsonArray([.. operations]),
        };
        if (failOnErrors is not null)
        {
            request["failOnErrors"] = failOnErrors;
        }

        return request;
    }

    public static JsonObject Managed(string userName, JsonNode manager) =>
        ScimClient.User(userName, (EnterpriseUrn, new JsonObject { ["manager"] = manager }));

    /// <summary>The entries of an answer that must be 200.</summary>
    public static JsonObject[] Entries(this ScimAnswer answer)
    {
        Assert.True(answer.Status == 200, answer.Text);
        Assert.Equal("urn:ietf:params:scim:api:messages:2.0:BulkResponse", answer.Body!["schemas"]![0]!.GetValue<string>());
        return [.. answer.Body["Operations"]!.AsArray().Select(entry => entry!.AsObject())];
    }

    public static async Task<JsonObject[]> BulkAsync(this ScimClient scim, params JsonObject[] operations) =>
        (await scim.PostAsync("Bulk", Request(operations))).Entries();

    public static string Status(this JsonObject entry) => entry["status"]!.GetValue<string>();

    public static string[] Statuses(this IEnumerable<JsonObject> entries) => [.. entries.Select(Status)];

    /// <summary>The id in an entry's location.</summary>
    public static string MadeId(this JsonObject entry) => entry["location"]!.GetValue<string>().Split('/')[^1];

    public static string ErrorId(this JsonObject entry) => entry["response"]!["detail"]!.GetValue<string>().Split('[')[^1].TrimEnd(']');

    public static string[] Members(this ScimAnswer group) => [.. group.Body!["members"]!.AsArray().Select(member => member!["value"]!.GetValue<string>())];
}
