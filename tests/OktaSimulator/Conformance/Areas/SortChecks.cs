using OrleansIdentity.OktaSimulator.Scim;
using static OrleansIdentity.OktaSimulator.Conformance.Check;

namespace OrleansIdentity.OktaSimulator.Conformance.Areas;

/// <summary>Sorting.</summary>
internal static class SortChecks
{
    public static CheckArea Area { get; } = new CheckArea("Sorting",
    [
        Sorts("P1-default", "Ascending is the order when none is given.", "sortBy=nickName", s => [s.Ann, s.Ben, s.Cas]),
        Sorts("P1-ascending", "Ascending order.", "sortBy=nickName&sortOrder=ascending", s => [s.Ann, s.Ben, s.Cas]),
        Sorts("P1-descending", "Descending order.", "sortBy=nickName&sortOrder=descending", s => [s.Cas, s.Ben, s.Ann]),
        Sorts("P2-ascending", "What has no value comes last in ascending order.", "sortBy=title&sortOrder=ascending", s => [s.Ben, s.Ann, s.Cas]),
        Sorts("P2-descending", "What has no value comes first in descending order.", "sortBy=title&sortOrder=descending", s => [s.Cas, s.Ann, s.Ben]),
        Sorts("P3-primary", "An attribute with several values is sorted by the primary one.", "sortBy=emails", s => [s.Cas, s.Ann, s.Ben]),
        Sorts("P4-letter-case", "Letter case does not count where the attribute has none.", "sortBy=title", s => [s.Ben, s.Ann, s.Cas]),
        Sorts("P4-path", "A part of a complex attribute may be sorted by.", "sortBy=name.givenName&sortOrder=descending", s => [s.Cas, s.Ben, s.Ann]),
        Must("P1-pages", "7644 §3.4.2.3", "Pages of a sorted list continue each other.", async scim =>
        {
            var stage = await FilterStage.OfAsync(scim);
            return InOrder(await scim.FindAsync(stage.All, "&sortBy=nickName&sortOrder=descending&startIndex=2&count=2"), stage.Ben, stage.Ann);
        }),
    ]).Needing(Feature.Sort | Feature.Filter, "title", "name", "nickName", "emails");

    private static Check Sorts(string id, string sentence, string query, Func<FilterStage, Subject[]> expected) => Must(
        id, "7644 §3.4.2.3", sentence, async scim =>
        {
            var stage = await FilterStage.OfAsync(scim);
            return InOrder(await scim.FindAsync(stage.All, $"&{query}"), expected(stage));
        });

    private static Verdict InOrder(ScimAnswer answer, params Subject[] expected) => Expect.That(
        answer,
        answer.Status == 200 && answer.Json.Resources().Select(resource => resource.Text("id")).SequenceEqual(expected.Select(one => one.Id)),
        $"expected {string.Join(", ", expected.Select(one => one.UserName))} in this order");
}
