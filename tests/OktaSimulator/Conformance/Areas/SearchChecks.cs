using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Scim;
using static OrleansIdentity.OktaSimulator.Conformance.Check;

namespace OrleansIdentity.OktaSimulator.Conformance.Areas;

/// <summary>Queries by POST, and at the root.</summary>
internal static class SearchChecks
{
    public static CheckArea Area { get; } = new("Queries by POST and at the root",
    [
        Must("P15-search", "7644 §3.4.3", "A query may be sent by POST; it is answered 200 with a list.", async scim =>
        {
            var (stage, answer) = await SearchAsync(scim, "Users/.search", (s, body) => body["filter"] = $"nickName eq \"{s.Start}ben\"");
            return Expect.Found(answer, stage.Ben)
                & Expect.That(answer, answer.Json.HasSchema(ScimUrns.ListResponse), "expected the ListResponse URN in schemas");
        }, Feature.Search | Feature.Filter, "nickName"),
        Must("P15-page", "7644 §3.4.3", "A query by POST has pages.", async scim =>
        {
            var (_, answer) = await SearchAsync(scim, "Users/.search", (s, body) => (body["filter"], body["startIndex"], body["count"]) = (s.All, 2, 1));
            return Expect.Value(answer, "totalResults", 3) & Expect.Value(answer, "startIndex", 2) & Expect.Value(answer, "itemsPerPage", 1);
        }, Feature.Search | Feature.Filter),
        Must("P15-attributes", "7644 §3.4.3", "A query by POST says which attributes are wanted.", async scim =>
        {
            var (stage, answer) = await SearchAsync(scim, "Users/.search", (s, body) =>
                (body["filter"], body["attributes"]) = (s.All, new JsonArray("displayName")));
            return Expect.Found(answer, stage.Everybody)
                & Expect.That(answer, answer.Json.Resources().All(user => user.At("displayName") is not null
                    && user.At("userName") is null), "expected displayName alone");
        }, Feature.Search | Feature.Filter, "displayName"),
        Must("P15-sort", "7644 §3.4.3", "A query by POST may be sorted.", async scim =>
        {
            var (stage, answer) = await SearchAsync(
                scim, "Users/.search", (s, body) => (body["filter"], body["sortBy"], body["sortOrder"]) = (s.All, "nickName", "descending"));
            return Expect.Found(answer, stage.Everybody)
                & Expect.That(answer, answer.Json.Resources().FirstOrDefault().Text("id") == stage.Cas.Id, "expected the last one first");
        }, Feature.Search | Feature.Filter | Feature.Sort, "nickName"),
        Must("P15-malformed", "7644 §3.4.3", "A malformed filter is refused in a query by POST too.", async scim =>
            Expect.Error((await SearchAsync(scim, "Users/.search", (_, body) =>
                body["filter"] = "userName eq")).Answer, 400, "invalidFilter"), Feature.Search | Feature.Filter),
        Must("P15-groups", "7644 §3.4.3", "Groups are queried by POST as users are.", async scim =>
        {
            var group = await scim.GroupAsync();
            var (_, answer) = await SearchAsync(scim, "Groups/.search", (_, body) => body["filter"] = $"displayName eq \"{group.Name}\"");
            return Expect.Found(answer, group);
        }, Feature.Search | Feature.Filter | Feature.Groups),
        Must("P15-root", "7644 §3.4.3", "A query by POST at the root finds resources of every type.", async scim =>
        {
            var (stage, answer) = await SearchAsync(scim, ".search", (s, body) => body["filter"] = s.All);
            return Expect.Found(answer, stage.Everybody);
        }, Feature.RootSearch | Feature.Filter),
        May("F24-root", "7644 §3.4.2.1", "A query by GET at the root finds resources of every type.", async scim =>
        {
            var stage = await FilterStage.OfAsync(scim);
            var answer = await scim.GetAsync($"?filter={Uri.EscapeDataString(stage.All)}");
            return answer.Status is 400 or 403 or 404 or 405 or 501
                ? Verdict.NotSupported("a query at the root is refused", answer) : Expect.Found(answer, stage.Everybody);
        }, Feature.Filter),
        May("F24-resource-type", "7644 §3.4.2.1", "A query at the root may be narrowed to a type.", async scim =>
        {
            var (stage, answer) = await SearchAsync(scim, ".search", (s, body) => body["filter"] = $"meta.resourceType eq \"User\" and {s.All}");
            return Expect.Found(answer, stage.Everybody);
        }, Feature.RootSearch | Feature.Filter),
    ]);

    private static async Task<(FilterStage Stage, ScimAnswer Answer)> SearchAsync(ScimProbe scim, string path, Action<FilterStage, JsonObject> fill)
    {
        var stage = await FilterStage.OfAsync(scim);
        var body = new JsonObject { ["schemas"] = new JsonArray(ScimUrns.SearchRequest) };
        fill(stage, body);
        return (stage, await scim.PostAsync(path, body));
    }
}
