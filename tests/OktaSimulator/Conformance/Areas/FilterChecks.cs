using static OrleansIdentity.OktaSimulator.Conformance.Check;

namespace OrleansIdentity.OktaSimulator.Conformance.Areas;

/// <summary>What filters find.</summary>
internal static class FilterChecks
{
    private static readonly string[] OfTheStage = ["title", "nickName", "displayName", "emails", "active"];

    public static CheckArea Area { get; } = new CheckArea("Filters",
    [
        Finds("F2-eq", "'eq' finds what is equal.", s => $"nickName eq \"{s.Start}ben\"", s => [s.Ben]),
        Finds("F2-ne", "'ne' finds what is not equal.", s => $"{s.All} and nickName ne \"{s.Start}ben\"", s => [s.Ann, s.Cas]),
        Finds("F2-co", "'co' finds what contains the value.", s => $"emails.value co \"{s.Start}work.b\"", s => [s.Ben]),
        Finds("F2-sw", "'sw' finds what starts with the value.", s => s.All, s => s.Everybody),
        Finds("F2-ew", "'ew' finds what ends with the value.", s => $"nickName ew \"{s.Start[1..]}cas\"", s => [s.Cas]),
        Finds("F2-pr", "'pr' finds what has a value.", s => $"{s.All} and title pr", s => [s.Ann, s.Ben]),
        Finds("F2-gt", "'gt' finds what comes after the value.", s => $"{s.All} and nickName gt \"{s.Start}ben\"", s => [s.Cas]),
        Finds("F2-ge", "'ge' finds the value and what comes after it.", s => $"{s.All} and nickName ge \"{s.Start}ben\"", s => [s.Ben, s.Cas]),
        Finds("F2-lt", "'lt' finds what comes before the value.", s => $"{s.All} and nickName lt \"{s.Start}ben\"", s => [s.Ann]),
        Finds("F2-le", "'le' finds the value and what comes before it.", s => $"{s.All} and nickName le \"{s.Start}ben\"", s => [s.Ann, s.Ben]),
        Finds("F2-and", "'and' finds what matches both.", s => $"nickName eq \"{s.Start}ben\" and title eq \"alpha\"", s => [s.Ben]),
        Finds("F2-and-none", "'and' finds nothing that matches one alone.", s => $"nickName eq \"{s.Start}ben\" and title eq \"Delta\"", _ => []),
        Finds("F2-or", "'or' finds what matches either.", s => $"nickName eq \"{s.Start}ben\" or nickName eq \"{s.Start}cas\"", s => [s.Ben, s.Cas]),
        Finds("F2-not", "'not' finds what does not match.", s => $"{s.All} and not (nickName eq \"{s.Start}ben\")", s => [s.Ann, s.Cas]),
        Finds("F2-value-path", "A filter in brackets finds what has an element that matches.", s => $"emails[value co \"{s.Start}work.ann\"]", s => [s.Ann]),
        Finds("F3-operator", "Operators have no letter case.", s => $"nickName EQ \"{s.Start}ben\"", s => [s.Ben]),
        Finds("F3-word", "'and', 'or' and 'not' have no letter case.",
            s => $"nickName eq \"{s.Start}ben\" AND NOT (title eq \"Delta\") OR nickName eq \"{s.Start}cas\"", s => [s.Ben, s.Cas]),
        Finds("F4-and-before-or", "'and' binds tighter than 'or'.",
            s => $"nickName eq \"{s.Start}cas\" or nickName eq \"{s.Start}ben\" and title eq \"Delta\"", s => [s.Cas]),
        Finds("F4-grouping", "Parentheses bind tighter than 'and'.",
            s => $"(nickName eq \"{s.Start}cas\" or nickName eq \"{s.Start}ben\") and title eq \"alpha\"", s => [s.Ben]),
        Finds("F4-not-before-and", "'not' binds tighter than 'and'.",
            s => $"not (nickName eq \"{s.Start}ben\") and {s.All} and title pr", s => [s.Ann]),
        Finds("F5-not", "'not' stands before a parenthesis, with a space between or none (erratum 7319).",
            s => $"{s.All} and not(nickName eq \"{s.Start}ben\")", s => [s.Ann, s.Cas]),
        Finds("F6-brackets", "Brackets hold a filter of their own, with 'and', 'or', 'not' and parentheses.",
            s => $"emails[type eq \"work\" and not (value co \"work.ann\") and (value co \"{s.Start}work.b\" or value co \"{s.Start}work.a\")]", s => [s.Ben]),
        Finds("F7-escapes", "A value is a JSON string, with its escapes.", s => $"displayName eq \"{s.Start}Say \\\"hi\\\" \\\\ \\u00e9 ben\"", s => [s.Ben]),
        Finds("F7-utf8", "A value may have letters beyond ASCII.", s => $"displayName eq \"{s.Start}Say \\\"hi\\\" \\\\ é ben\"", s => [s.Ben]),
        Finds("F7-boolean", "A value may be true or false.", s => $"{s.All} and active eq false", s => [s.Cas]),
        Finds("F7-null", "A value may be null.", s => $"{s.All} and nickName eq null", _ => []),
        Finds("F8-userName", "userName is compared without letter case.", s => $"userName eq \"{s.Ben.UserName.ToUpperInvariant()}\"", s => [s.Ben]),
        Finds("F8-emails", "emails.value is compared without letter case.",
            s => $"emails.value eq \"{$"c.{s.Start}work.ben@conformance.example".ToUpperInvariant()}\"", s => [s.Ben]),
        Finds("F8-displayName", "displayName is compared without letter case.", s => $"displayName sw \"{s.Start.ToUpperInvariant()}\"", s => s.Everybody),
        Finds("F8-externalId", "externalId is found as it was sent.", s => $"externalId eq \"{s.Start}Ext-ben\"", s => [s.Ben]),
        Finds("F8-externalId-exact", "externalId is compared with letter case.", s => $"externalId eq \"{s.Start}ext-ben\"", _ => []),
        Finds("F8-id", "A resource is found by its id.", s => $"id eq \"{s.Ben.Id}\"", s => [s.Ben]),
        Finds("F9-any", "An attribute with several values matches when one does.",
            s => $"emails.value eq \"a.{s.Start}home.ben@conformance.example\"", s => [s.Ben]),
        Finds("F10-same-element", "Within brackets one element has to match all.",
            s => $"emails[type eq \"home\" and value co \"{s.Start}work.ben\"]", _ => []),
        Finds("F10-any-element", "Without brackets several elements may match together.",
            s => $"emails.type eq \"home\" and emails.value co \"{s.Start}work.ben\"", s => [s.Ben]),
        Must("F14-instants", "7644 §3.4.2.2", "Instants are compared as instants, whatever their offset.", async scim =>
        {
            var stage = await FilterStage.OfAsync(scim);
            var created = (await scim.GetAsync(stage.Ben.Path)).Json.Instant("meta/created") ?? DateTimeOffset.UnixEpoch;

            // As text the first comes after the creation and the second before it.
            var before = created.AddSeconds(-2).ToOffset(TimeSpan.FromHours(14)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", null);
            var after = created.AddSeconds(2).ToOffset(TimeSpan.FromHours(-12)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", null);
            return Expect.Found(
                await scim.FindAsync($"nickName eq \"{stage.Start}ben\" and meta.created gt \"{before}\" and meta.created lt \"{after}\""), stage.Ben);
        }),
        Finds("F15-complex", "A complex attribute is there when one of its parts is.", s => $"nickName eq \"{s.Start}ben\" and name pr", s => [s.Ben]),
        Finds("F17-core", "A name may be written with the URN of its schema.",
            s => $"urn:ietf:params:scim:schemas:core:2.0:User:nickName eq \"{s.Start}ben\"", s => [s.Ben]),
        Must("F17-extension", "7644 §3.10", "Attributes of an extension are found by their URN and name.", async scim =>
        {
            var number = scim.NewName();
            var user = await scim.UserAsync(body =>
            {
                body["schemas"]!.AsArray().Add((System.Text.Json.Nodes.JsonNode)Scim.ScimUrns.EnterpriseUser);
                body[Scim.ScimUrns.EnterpriseUser] = new System.Text.Json.Nodes.JsonObject { ["employeeNumber"] = number };
            });
            return Expect.Found(await scim.FindAsync($"{Scim.ScimUrns.EnterpriseUser}:employeeNumber eq \"{number}\""), user);
        }, Feature.EnterpriseUser),
        Optional("F11-complex", "A complex attribute with several values may be compared by its 'value'.",
            s => $"emails co \"{s.Start}work.ben\"", s => [s.Ben]),
        Optional("F19-schemas", "Resources may be found by their schemas.",
            s => $"nickName eq \"{s.Start}ben\" and schemas eq \"urn:ietf:params:scim:schemas:core:2.0:User\"", s => [s.Ben]),
        Optional("F19-resource-type", "Resources may be found by their type.",
            s => $"nickName eq \"{s.Start}ben\" and meta.resourceType eq \"User\"", s => [s.Ben]),
        Optional("F19-last-modified", "Resources may be found by when they were changed.",
            s => $"nickName eq \"{s.Start}ben\" and meta.lastModified gt \"2001-01-01T00:00:00Z\"", s => [s.Ben]),
        Must("F20-no-match", "7644 §3.4.2", "A filter that finds nothing is answered 200 with totalResults 0.", async scim =>
        {
            var answer = await scim.FindAsync($"userName eq \"{scim.NewName()}\"");
            return Expect.Status(answer, 200) & Expect.Value(answer, "totalResults", 0);
        }),
    ]).Needing(Feature.Filter, OfTheStage);

    private static Check Finds(string id, string sentence, Func<FilterStage, string> filter, Func<FilterStage, Subject[]> expected) => Must(
        id, id.StartsWith("F17", StringComparison.Ordinal) ? "7644 §3.10" : "7644 §3.4.2.2", sentence, async scim =>
        {
            var stage = await FilterStage.OfAsync(scim);
            return Expect.Found(await scim.FindAsync(filter(stage)), expected(stage));
        });

    private static Check Optional(string id, string sentence, Func<FilterStage, string> filter, Func<FilterStage, Subject[]> expected) => May(
        id, "7644 §3.4.2.2", sentence, async scim =>
        {
            var stage = await FilterStage.OfAsync(scim);
            var answer = await scim.FindAsync(filter(stage));
            return answer.Status == 400 ? Verdict.NotSupported("the filter is refused", answer) : Expect.Found(answer, expected(stage));
        });
}
