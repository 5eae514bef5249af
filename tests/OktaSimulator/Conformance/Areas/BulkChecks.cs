using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Scim;
using static OrleansIdentity.OktaSimulator.Conformance.Check;

namespace OrleansIdentity.OktaSimulator.Conformance.Areas;

/// <summary>Several operations in one request.</summary>
internal static class BulkChecks
{
    public static CheckArea Area { get; } = new CheckArea("Bulk",
    [
        Must("B1-limits", "7643 §5", "The most operations and the largest body are stated.", async scim =>
        {
            var answer = await scim.GetAsync("ServiceProviderConfig");
            return Expect.That(answer, answer.Json.Number("bulk/maxOperations") > 0
                && answer.Json.Number("bulk/maxPayloadSize") > 0, "expected two limits above 0");
        }),
        Must("B1-operations", "7644 §3.7.4", "More operations than the limit are answered 413.", async scim =>
        {
            var most = scim.Offer.Config.Number("bulk/maxOperations") ?? 0;
            return most is 0 or > 5_000 ? Verdict.NotSupported($"a limit of {most} operations is not tried")
                : Expect.Status(await SendAsync(scim, null, [.. Enumerable.Range(0, most + 1).Select(_ => Delete(WriteChecks.Unknown))]), 413);
        }),
        Must("B1-payload", "7644 §3.7.4", "A body that is larger than the limit is answered 413.", async scim =>
        {
            var largest = scim.Offer.Config.Number("bulk/maxPayloadSize") ?? 0;
            return largest is 0 or > 20_000_000 ? Verdict.NotSupported($"a limit of {largest} bytes is not tried")
                : Expect.Status(await SendAsync(scim, null, Post("a", scim.NewUser(body => body["displayName"] = new string('x', largest)))), 413);
        }),
        Must("B2-stops", "7644 §3.7.3", "failOnErrors ends the work after so many errors; what was done is reported.", async scim =>
        {
            var answer = await SendAsync(scim, 1, Post("a", scim.NewUser()), Delete(WriteChecks.Unknown), Post("b", scim.NewUser()));
            return Expect.Status(answer, 200) & Statuses(answer, "201", "404");
        }),
        Must("B2-goes-on", "7644 §3.7.3", "Without failOnErrors all of the work is done.", async scim =>
        {
            var answer = await SendAsync(scim, null, Delete(WriteChecks.Unknown), Post("a", scim.NewUser()));
            return Expect.Status(answer, 200) & Statuses(answer, "404", "201");
        }),
        Must("B3-required", "7644 §3.7", "A create needs a bulkId.", async scim =>
        {
            var answer = await SendAsync(scim, null, new JsonObject { ["method"] = "POST", ["path"] = "/Users", ["data"] = scim.NewUser() });
            return answer.Status == 400 ? Expect.Status(answer, 400) : Statuses(answer, "400");
        }),
        Must("B3-echoed", "7644 §3.7", "The bulkId comes back.", async scim =>
        {
            var answer = await SendAsync(scim, null, Post("ab-1", scim.NewUser()));
            return Statuses(answer, "201") & Expect.That(answer, First(answer).Text("bulkId") == "ab-1", "expected the bulkId");
        }),
        Must("B3-backward", "7644 §3.7.2", "A reference to what was created before is resolved.",
            async scim => await ReferredAsync(scim, isForward: false), Feature.Groups),
        Must("B3-forward", "7644 §3.7.2", "A reference to what is created later is resolved.",
            async scim => await ReferredAsync(scim, isForward: true), Feature.Groups),
        Must("B3-path", "7644 §3.7.2", "A path may refer to what was created before.", async scim =>
        {
            var answer = await SendAsync(scim, null, Post("a", scim.NewUser()), Patch("/Users/bulkId:a", "Clerk"));
            return Statuses(answer, "201", "200|204") & Expect.Value(await scim.GetAsync(PathOf(answer, "a")), "title", "Clerk");
        }, Feature.Patch, "title"),
        Must("B3-unknown", "7644 §3.7.2", "A reference that cannot be resolved is answered 409.", async scim =>
            Statuses(await SendAsync(scim, null, GroupOf(scim, "g", "bulkId:nobody")), "409|400"), Feature.Groups),
        Must("B4-patch", "7644 §3.7", "The data of a PATCH are a whole PATCH message (erratum 5050).", async scim =>
        {
            var user = await scim.UserAsync();
            return Statuses(await SendAsync(scim, null, Patch($"/{user.Path}", "Clerk")), "200|204")
                & Expect.Value(await scim.GetAsync(user.Path), "title", "Clerk");
        }, Feature.Patch, "title"),
        Must("B4-put-delete", "7644 §3.7", "PUT and DELETE work as they do alone.", async scim =>
        {
            var (kept, deleted) = (await scim.UserAsync(), await scim.UserAsync());
            var put = new JsonObject { ["method"] = "PUT", ["path"] = $"/{kept.Path}", ["data"] = kept.Copy(body => body["displayName"] = "Another Name") };
            var answer = await SendAsync(scim, null, put, Delete(deleted.Path));
            return Statuses(answer, "200|204", "204") & Expect.Value(await scim.GetAsync(kept.Path), "displayName", "Another Name")
                & Expect.Status(await scim.GetAsync(deleted.Path), 404);
        }, Feature.None, "displayName"),
        Must("B5-shape", "7644 §3.7.3", "The answer is a BulkResponse; each entry has method, location and a status that is a string.", async scim =>
        {
            var answer = await SendAsync(scim, null, Post("a", scim.NewUser()));
            var entry = First(answer);
            return Expect.Status(answer, 200) & Expect.That(
                answer,
                answer.Json.HasSchema(ScimUrns.BulkResponse) && entry.Text("method") == "POST" && entry.Text("status") == "201"
                    && entry.Text("location") is not null,
                "expected method, status and location");
        }),
        Must("B5-error", "7644 §3.7.3", "An entry that failed has the error as its response.", async scim =>
        {
            var answer = await SendAsync(scim, null, Delete(WriteChecks.Unknown));
            return Statuses(answer, "404") & Expect.That(answer, First(answer).At("response").HasSchema(ScimUrns.Error), "expected a SCIM error in 'response'");
        }),
    ]).Needing(Feature.Bulk);

    private static Task<ScimAnswer> SendAsync(ScimProbe scim, int? failOnErrors, params JsonObject[] operations)
    {
        var body = new JsonObject { ["schemas"] = new JsonArray(ScimUrns.BulkRequest), ["Operations"] = new JsonArray([.. operations]) };
        if (failOnErrors is { } most)
        {
            body["failOnErrors"] = most;
        }

        return scim.PostAsync("Bulk", body);
    }

    private static async Task<Verdict> ReferredAsync(ScimProbe scim, bool isForward)
    {
        JsonObject[] operations = [Post("u", scim.NewUser()), GroupOf(scim, "g", "bulkId:u")];
        var answer = await SendAsync(scim, null, isForward ? [operations[1], operations[0]] : operations);
        var user = PathOf(answer, "u").Split('/')[^1];
        return Statuses(answer, "201", "201") & Expect.Value(await scim.GetAsync(PathOf(answer, "g")), $"members/{user}/value", user);
    }

    private static JsonObject Post(string bulkId, JsonObject data) => new() { ["method"] = "POST", ["path"] = "/Users", ["bulkId"] = bulkId, ["data"] = data };

    private static JsonObject GroupOf(ScimProbe scim, string bulkId, string member)
    {
        var group = scim.NewGroup();
        group["members"] = new JsonArray(new JsonObject { ["value"] = member });
        return new JsonObject { ["method"] = "POST", ["path"] = "/Groups", ["bulkId"] = bulkId, ["data"] = group };
    }

    private static JsonObject Delete(string path) => new() { ["method"] = "DELETE", ["path"] = $"/{path}" };

    private static JsonObject Patch(string path, string title) => new()
    {
        ["method"] = "PATCH",
        ["path"] = path,
        ["data"] = new JsonObject
        {
            ["schemas"] = new JsonArray(ScimUrns.PatchOp),
            ["Operations"] = new JsonArray(new JsonObject { ["op"] = "replace", ["path"] = "title", ["value"] = title }),
        },
    };

    private static JsonArray Operations(ScimAnswer answer) => answer.Json.At("Operations") as JsonArray ?? [];

    private static JsonNode? First(ScimAnswer answer) => Operations(answer).FirstOrDefault();

    // The path of what was created: entries may come in any order.
    private static string PathOf(ScimAnswer answer, string bulkId) =>
        Operations(answer).FirstOrDefault(operation => operation.Text("bulkId") == bulkId).Text("location")?.Split('/') is [.., var endpoint, var id]
            ? $"{endpoint}/{id}"
            : WriteChecks.Unknown;

    /// <summary>These statuses and no others, in any order; alternatives are written as <c>200|204</c>.</summary>
    private static Verdict Statuses(ScimAnswer answer, params string[] expected)
    {
        var actual = Operations(answer).Select(operation => operation.Text("status") ?? "absent").ToArray();
        var rest = actual.ToList();
        var areThere = expected.All(one => rest.Remove(rest.Find(status => one.Split('|').Contains(status)) ?? ""));
        return Expect.That(
            answer, areThere && rest.Count == 0, $"expected the statuses {string.Join(", ", expected)}, they are [{string.Join(", ", actual)}]");
    }
}
