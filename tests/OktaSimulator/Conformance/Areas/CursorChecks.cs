using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Scim;
using static OrleansIdentity.OktaSimulator.Conformance.Check;

namespace OrleansIdentity.OktaSimulator.Conformance.Areas;

/// <summary>Pages by cursor (RFC 9865).</summary>
internal static class CursorChecks
{
    public static CheckArea Area { get; } = new CheckArea("Pages by cursor",
    [
        Must("K1-starts", "9865 §2", "An empty cursor begins a walk.", async scim =>
        {
            var answer = await PageAsync(scim, "");
            return Expect.Status(answer, 200) & Expect.That(answer, answer.Json.Resources().Count() == 2, "expected two results");
        }),
        Must("K2-next", "9865 §2", "Every page but the last has a nextCursor.", async scim =>
        {
            var first = await PageAsync(scim, "");
            var last = await PageAsync(scim, Next(first));
            return Expect.That(first, first.Json.Text("nextCursor") is not null, "expected a nextCursor on the first page")
                & Expect.Status(last, 200) & Expect.Value(last, "nextCursor", null);
        }),
        Must("K2-walk", "9865 §2", "Page after page shows everything once.", async scim =>
        {
            var stage = await FilterStage.OfAsync(scim);
            var first = await PageAsync(scim, "");
            var last = await PageAsync(scim, Next(first));
            var seen = first.Json.Resources().Concat(last.Json.Resources()).Select(user => user.Text("id") ?? "").Order(StringComparer.Ordinal);
            return Expect.That(last, seen.SequenceEqual(stage.Everybody.Select(user =>
                user.Id).Order(StringComparer.Ordinal)), "expected each of the three once");
        }),
        Must("K3-previous", "9865 §2", "The first page has no previousCursor.", async scim => Expect.Value(await PageAsync(scim, ""), "previousCursor", null)),
        Must("K4-characters", "9865 §2", "A cursor has none but the unreserved characters of a URI.", async scim =>
        {
            var answer = await PageAsync(scim, "");
            return Expect.That(
                answer, Next(answer) is { Length: > 0 } cursor
                    && cursor.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_' or '~'), "expected such a cursor");
        }),
        Must("K5-count", "9865 §2.1", "Another count than the walk began with is answered 400 'invalidCount', or is followed.", async scim =>
        {
            var answer = await PageAsync(scim, Next(await PageAsync(scim, "")), count: 1);
            return answer.Status == 400 ? Expect.Error(answer, 400, "invalidCount")
                : Expect.Status(answer, 200) & Expect.That(answer, answer.Json.Resources().Count() <= 1, "expected one result at most");
        }),
        Should("K5-filter", "9865 §2.1", "Another filter than the walk began with is refused.", async scim =>
        {
            var cursor = Next(await PageAsync(scim, ""));
            return Expect.Status(await scim.FindAsync($"userName eq \"{scim.Prefix}\"", $"&count=2&cursor={cursor}"), 400);
        }),
        Must("K7-invalid", "9865 §2.1",
            "A cursor that is none is answered 400 'invalidCursor'.",
                async scim => Expect.Error(await PageAsync(scim, "no-such-cursor"), 400, "invalidCursor", "expiredCursor")),
        Must("K7-changed", "9865 §2.1", "A cursor that was changed is answered 400 'invalidCursor'.", async scim =>
        {
            var cursor = Next(await PageAsync(scim, ""));
            return Expect.Error(await PageAsync(scim, cursor + "x"), 400, "invalidCursor", "expiredCursor");
        }),
        Should("K8-index", "9865 §2.3", "Pages by index go on working beside cursors where they are said to.", async scim =>
        {
            var stage = await FilterStage.OfAsync(scim);
            return scim.Offer.Config.At("pagination/index")?.ToString() != "true" ? Verdict.NotSupported("pagination.index is false")
                : Expect.Value(await scim.FindAsync(stage.All, "&startIndex=2&count=1"), "startIndex", 2);
        }),
        Must("K9-search", "9865 §3", "A query by POST may have a cursor.", async scim =>
        {
            var stage = await FilterStage.OfAsync(scim);
            var first = await SearchAsync(scim, stage, "");
            var last = await SearchAsync(scim, stage, Next(first));
            return Expect.Status(first, 200) & Expect.That(last, last.Json.Resources().Count() == 1, "expected the third one");
        }, Feature.Search),
        Must("K10-stated", "9865 §4",
            "The service provider configuration says whether pages are by cursor and by index, and which is the default.", async scim =>
        {
            var answer = await scim.GetAsync("ServiceProviderConfig");
            return Expect.That(
                answer,
                answer.Json.At("pagination/cursor")?.ToString() == "true" && answer.Json.At("pagination/index")?.ToString() is ("true" or "false")
                && answer.Json.Text("pagination/defaultPaginationMethod") is ("cursor" or "index" or null),
                "expected cursor, index and defaultPaginationMethod");
        }),
        Must("K11-authorised", "9865 §5", "A cursor grants nothing: without a credential it is answered 401.", async scim =>
        {
            var stage = await FilterStage.OfAsync(scim);
            var cursor = Next(await PageAsync(scim, ""));
            return Expect.Status(
                await scim.GetAsync($"Users?filter={Uri.EscapeDataString(stage.All)}&count=2&cursor={cursor}", ("Authorization", null)), 401);
        }),
    ]).Needing(Feature.CursorPaging | Feature.Filter);

    private static async Task<ScimAnswer> PageAsync(ScimProbe scim, string cursor, int count = 2) =>
        await scim.FindAsync((await FilterStage.OfAsync(scim)).All, string.Create(null, $"&count={count}&cursor={cursor}"));

    private static Task<ScimAnswer> SearchAsync(ScimProbe scim, FilterStage stage, string cursor) => scim.PostAsync("Users/.search", new JsonObject
    {
        ["schemas"] = new JsonArray(ScimUrns.SearchRequest),
        ["filter"] = stage.All,
        ["count"] = 2,
        ["cursor"] = cursor,
    });

    private static string Next(ScimAnswer page) => Uri.EscapeDataString(page.Json.Text("nextCursor") ?? "");
}
