using System.Text.Json.Nodes;

namespace OrleansIdentity.OktaSimulator.Conformance.Areas;

/// <summary>
/// Three users for filters, sorting and pages to be tried on. Their values are such that nothing else on the server has them, and every filter is
/// narrowed to them where it would find others too.
/// </summary>
internal sealed record FilterStage(Subject Ann, Subject Ben, Subject Cas)
{
    /// <summary>The start of the three userNames.</summary>
    public string Start => Ann.UserName[..Ann.UserName.LastIndexOf("ann", StringComparison.Ordinal)];

    /// <summary>A filter that finds the three.</summary>
    public string All => $"userName sw \"{Start}\"";

    public Subject[] Everybody => [Ann, Ben, Cas];

    /// <summary>Makes them, or gives those who are there.</summary>
    public static async Task<FilterStage> OfAsync(ScimProbe scim)
    {
        var start = $"{scim.Prefix}-stage-";
        // In no order that a check asks for: a server that does not sort must not be right by luck.
        var users = await scim.SharedAsync("stage", async () =>
        [
            await scim.UserAsync(body => Fill(scim, body, start, "ann", "Delta", "b", null)),
            await scim.UserAsync(body => Fill(scim, body, start, "cas", null, "a", "z")),
            await scim.UserAsync(body => Fill(scim, body, start, "ben", "alpha", "c", "a")),
        ]);
        return new FilterStage(users[0], users[2], users[1]);
    }

    private static void Fill(ScimProbe scim, JsonObject body, string start, string name, string? title, string work, string? home)
    {
        body["userName"] = $"{start}{name}@conformance.example";
        body["externalId"] = $"{start}Ext-{name}";
        Set("displayName", $"{start}Say \"hi\" \\ é {name}");
        Set("title", title);
        Set("name", new JsonObject { ["givenName"] = $"{start}{name}", ["familyName"] = "Lee" });
        Set("nickName", $"{start}{name}");
        Set("active", name != "cas");

        // The primary one is the last: it is found by being the primary one, not by being the first.
        var emails = new JsonArray();
        if (home is not null)
        {
            emails.Add((JsonNode)new JsonObject { ["value"] = $"{home}.{start}home.{name}@conformance.example", ["type"] = "home" });
        }

        emails.Add((JsonNode)new JsonObject { ["value"] = $"{work}.{start}work.{name}@conformance.example", ["type"] = "work", ["primary"] = true });
        Set("emails", emails);

        void Set(string attribute, JsonNode? value)
        {
            if (scim.Offer.Has(attribute))
            {
                body[attribute] = value;
            }
        }
    }
}
