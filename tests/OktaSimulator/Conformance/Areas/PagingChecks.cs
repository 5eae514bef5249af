using System.Globalization;
using OrleansIdentity.OktaSimulator.Scim;
using static OrleansIdentity.OktaSimulator.Conformance.Check;

namespace OrleansIdentity.OktaSimulator.Conformance.Areas;

/// <summary>Pages by index. They are of the stage's three users where there are filters, otherwise of all users.</summary>
internal static class PagingChecks
{
    public static CheckArea Area { get; } = new("Pages by index",
    [
        Must("P5-first", "7644 §3.4.2.4", "The first result has the index 1.", async scim =>
        {
            var answer = await PageAsync(scim, 1, 1);
            return Expect.Value(answer, "startIndex", 1) & Holds(answer, 1);
        }),
        Must("P5-next", "7644 §3.4.2.4", "A page begins with the result whose index is asked for.", async scim =>
        {
            var (both, second) = (await PageAsync(scim, 1, 2), await PageAsync(scim, 2, 1));
            return Holds(both, 2) & Holds(second, 1)
                & Expect.That(second, Ids(second).FirstOrDefault() == Ids(both).ElementAtOrDefault(1), "expected the second result");
        }),
        Must("P5-zero", "7644 §3.4.2.4", "An index below 1 is taken for 1.", async scim => await SameAsFirstAsync(scim, 0)),
        Must("P5-negative", "7644 §3.4.2.4", "A negative index is taken for 1.", async scim => await SameAsFirstAsync(scim, -3)),
        Must("P6-zero", "7644 §3.4.2.4", "A count of 0 asks for the total alone.", async scim => TotalAlone(await PageAsync(scim, 1, 0))),
        Must("P6-negative", "7644 §3.4.2.4", "A negative count is taken for 0.", async scim => TotalAlone(await PageAsync(scim, 1, -1))),
        Must("P7-at-most", "7644 §3.4.2.4", "A page has no more results than were asked for.", async scim =>
        {
            var answer = await PageAsync(scim, 1, 2);
            return Expect.That(answer, answer.Status == 200 && Ids(answer).Length <= 2, "expected two results at most");
        }),
        Should("P9-past-the-end", "7644 §3.4.2.4", "A page past the end is empty, and its total right.", async scim =>
        {
            var total = (await PageAsync(scim, 1, 100)).Json.Number("totalResults") ?? 0;
            var answer = await PageAsync(scim, total + 1, 10);
            return Expect.Status(answer, 200) & Holds(answer, 0) & Expect.Value(answer, "totalResults", total);
        }),
        Should("P10-walk", "7644 §3.4.2.4", "Page after page shows everything once.", async scim =>
        {
            var stage = await FilterStage.OfAsync(scim);
            var (seen, startIndex) = (new List<string>(), 1);
            ScimAnswer page;
            do
            {
                page = await PageAsync(scim, startIndex, 2);
                seen.AddRange(Ids(page));
                startIndex += Math.Max(Ids(page).Length, 1);
            }
            while (page.Status == 200 && startIndex <= page.Json.Number("totalResults"));
            return Expect.That(
                page, stage.Everybody.All(user => seen.Count(id => id == user.Id) == 1), $"expected each of the three once; {seen.Count} results came");
        }),
        Must("P16-items", "7644 §3.4.2", "itemsPerPage is how many results are on the page.", async scim =>
        {
            var (full, rest) = (await PageAsync(scim, 1, 2), await PageAsync(scim, 2, 1_000));
            return Expect.Value(full, "itemsPerPage", Ids(full).Length) & Expect.Value(rest, "itemsPerPage", Ids(rest).Length);
        }),
        Must("P16-numbers", "7644 §3.4.2", "The numbers of a list are numbers.", async scim =>
        {
            var answer = await PageAsync(scim, 1, 1);
            return Expect.That(
                answer,
                new[] { "totalResults", "startIndex", "itemsPerPage" }.All(name => answer.Json.Number(name) is not null),
                "expected totalResults, startIndex and itemsPerPage as whole numbers");
        }),
        Must("P16-total", "7644 §3.4.2", "totalResults is how many results there are, not how many are on the page.", async scim =>
        {
            var answer = await PageAsync(scim, 1, 1);
            return Expect.Value(answer, "totalResults", 3);
        }, Feature.Filter),
    ]);

    private static async Task<ScimAnswer> PageAsync(ScimProbe scim, int startIndex, int count)
    {
        var stage = await FilterStage.OfAsync(scim);
        var page = string.Create(CultureInfo.InvariantCulture, $"startIndex={startIndex}&count={count}");
        return scim.Offer.Offers(Feature.Filter) ? await scim.FindAsync(stage.All, $"&{page}") : await scim.GetAsync($"Users?{page}");
    }

    private static async Task<Verdict> SameAsFirstAsync(ScimProbe scim, int startIndex)
    {
        var (first, answer) = (await PageAsync(scim, 1, 1), await PageAsync(scim, startIndex, 1));
        return Holds(answer, 1) & Expect.That(answer, Ids(answer).SequenceEqual(Ids(first)), "expected the first result");
    }

    private static Verdict TotalAlone(ScimAnswer answer) => Expect.Status(answer, 200) & Holds(answer, 0)
        & Expect.That(answer, answer.Json.Number("totalResults") >= 3, "expected the total");

    private static Verdict Holds(ScimAnswer answer, int count) =>
        Expect.That(answer, answer.Status == 200 && Ids(answer).Length == count, $"expected {count} results, there are {Ids(answer).Length}");

    private static string[] Ids(ScimAnswer answer) => [.. answer.Json.Resources().Select(resource => resource.Text("id") ?? "")];
}
