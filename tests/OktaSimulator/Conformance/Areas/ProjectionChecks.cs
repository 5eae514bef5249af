using OrleansIdentity.OktaSimulator.Scim;
using static OrleansIdentity.OktaSimulator.Conformance.Check;

namespace OrleansIdentity.OktaSimulator.Conformance.Areas;

/// <summary>Which attributes are in an answer.</summary>
internal static class ProjectionChecks
{
    public static CheckArea Area { get; } = new CheckArea("Attributes of an answer",
    [
        Must("P11-attributes", "7644 §3.9", "'attributes' asks for these and no others.", async scim => Only(await ReadAsync(scim, "attributes=displayName"))),
        Must("P11-id", "7644 §3.9", "The id is there although it was not asked for.", async scim =>
        {
            var answer = await ReadAsync(scim, "attributes=displayName");
            return Expect.That(answer, answer.Id is not null, "expected an id");
        }),
        Must("P11-excluded", "7644 §3.9",
            "'excludedAttributes' leaves these out and no others.", async scim => Without(await ReadAsync(scim, "excludedAttributes=displayName"))),
        Must("P11-excluded-always", "7644 §3.9", "What is returned always cannot be left out.", async scim =>
        {
            var answer = await ReadAsync(scim, "excludedAttributes=id,displayName");
            return Expect.That(answer, answer.Id is not null, "expected an id");
        }),
        Must("P11-part", "7644 §3.10", "A part of a complex attribute can be asked for.", async scim =>
        {
            var answer = await ReadAsync(scim, "attributes=name.givenName");
            return Expect.Value(answer, "name/givenName", "Ann") & Expect.Value(answer, "name/familyName", null);
        }),
        Must("P11-urn", "7644 §3.10",
            "A name may be written with the URN of its schema.", async scim => Only(await ReadAsync(scim, $"attributes={ScimUrns.User}:displayName"))),
        Must("P11-list", "7644 §3.9", "'attributes' holds for the resources of a list.", async scim =>
        {
            var user = await scim.UserAsync();
            var answer = scim.Offer.Offers(Feature.Filter)
                ? await scim.FindAsync($"userName eq \"{user.UserName}\"", "&attributes=displayName")
                : await scim.GetAsync("Users?count=3&attributes=displayName");
            return Expect.That(
                answer,
                answer.Json.Resources().Any() && answer.Json.Resources().All(one => one.At("id") is not null && one.At("userName") is null),
                "expected resources with an id and without userName");
        }),
        Should("P12-both", "7644 §3.9", "'attributes' and 'excludedAttributes' exclude each other.", async scim =>
            Expect.Status(await ReadAsync(scim, "attributes=displayName&excludedAttributes=name"), 400)),
        Must("P13-never", "7643 §7", "What is never returned cannot be asked for.", async scim =>
        {
            var created = await scim.PostAsync("Users", scim.NewUser(body => body["password"] = scim.Password));
            return Expect.Value(await scim.GetAsync($"Users/{created.Id}?attributes=password,userName"), "password", null);
        }, Feature.None, "password"),
        Should("P14-post", "7644 §3.3", "'attributes' holds for the answer to a create.",
            async scim => Only(await scim.PostAsync("Users?attributes=displayName", scim.NewUser()))),
        Should("P14-put", "7644 §3.5.1", "'attributes' holds for the answer to a replacement.", async scim =>
        {
            var user = await scim.UserAsync();
            return Only(await scim.PutAsync($"{user.Path}?attributes=displayName", user.Copy()));
        }),
        Must("P14-patch", "7644 §3.5.2", "'attributes' holds for the answer to a PATCH, which is 200 then.", async scim =>
        {
            var answer = await scim.PatchAsync($"{(await scim.UserAsync()).Path}?attributes=displayName",
                """[{"op":"replace","path":"displayName","value":"Zoe"}]""");
            return Expect.Status(answer, 200) & Only(answer);
        }, Feature.Patch),
    ]).Needing(Feature.None, "displayName", "name");

    private static async Task<ScimAnswer> ReadAsync(ScimProbe scim, string query) => await scim.GetAsync($"{(await scim.UserAsync()).Path}?{query}");

    private static Verdict Only(ScimAnswer answer) => Expect.Success(answer)
        & Expect.That(answer, answer.Json.At("displayName") is not null, "expected displayName") & Expect.Value(answer, "userName", null)
            & Expect.Value(answer, "name", null);

    private static Verdict Without(ScimAnswer answer) => Expect.Success(answer)
        & Expect.Value(answer, "displayName", null)
            & Expect.That(answer, answer.Json.At("userName") is not null && answer.Json.At("name") is not null, "expected the others");
}
