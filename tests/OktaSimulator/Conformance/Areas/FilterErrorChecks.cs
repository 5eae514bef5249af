using static OrleansIdentity.OktaSimulator.Conformance.Check;

namespace OrleansIdentity.OktaSimulator.Conformance.Areas;

/// <summary>Filters that have to be refused, or must not tell anything.</summary>
internal static class FilterErrorChecks
{
    public static CheckArea Area { get; } = new CheckArea("Filters that are refused",
    [
        Refused("F12-boolean", "'gt' and its like do not apply to true and false.", "active gt true"),
        Refused("F13-operator", "An operator that does not exist is refused.", "userName like \"x\""),
        Refused("F13-no-value", "A comparison without a value is refused.", "userName eq"),
        Refused("F13-no-operator", "A name alone is no filter.", "userName"),
        Refused("F13-parenthesis", "A parenthesis that is not closed is refused.", "(userName eq \"x\""),
        Refused("F13-bracket", "A bracket that is not closed is refused.", "emails[type eq \"work\""),
        Refused("F13-string", "A string that is not closed is refused.", "userName eq \"x"),
        Refused("F13-bare-word", "A value that is no JSON is refused.", "userName eq x"),
        Refused("F13-half", "'and' needs something on both sides.", "userName eq \"x\" and"),
        Refused("F13-rest", "What follows a whole filter is refused.", "userName eq \"x\" userName eq \"y\""),
        Should("F18-unknown", "7644 §3.4.2.2", "A name that no schema has is refused, or matches nothing; it never matches all.", async scim =>
        {
            var answer = await scim.FindAsync("noSuchAttribute eq \"x\"");
            return answer.Status == 400 ? Expect.Error(answer, 400, "invalidFilter", "invalidPath") : Expect.Found(answer);
        }),
        Must("F22-password", "7643 §7", "Nothing is found out by filtering on a password.", async scim =>
        {
            await scim.PostAsync("Users", scim.NewUser(body => body["password"] = scim.Password));
            var answer = await scim.FindAsync($"password eq \"{scim.Password}\"");
            return answer.Status == 400 ? Expect.Status(answer, 400) : Expect.Found(answer);
        }),
        Should("F23-depth", "7644 §3.12", "A filter of great depth is answered, or refused, and does not make the server fail.", async scim =>
        {
            var answer = await scim.FindAsync($"{new string('(', 500)}userName eq \"x\"{new string(')', 500)}");
            return Expect.Status(answer, 200, 400, 403, 413, 414, 431);
        }),
    ]).Needing(Feature.Filter);

    private static Check Refused(string id, string sentence, string filter) => Must(
        id, "7644 §3.4.2.2", $"{sentence} 400 'invalidFilter'.", async scim => Expect.Error(await scim.FindAsync(filter), 400, "invalidFilter"));
}
