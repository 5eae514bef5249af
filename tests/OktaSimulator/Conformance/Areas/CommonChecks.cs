using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Scim;
using static OrleansIdentity.OktaSimulator.Conformance.Check;

namespace OrleansIdentity.OktaSimulator.Conformance.Areas;

/// <summary>What holds for every request and every resource.</summary>
internal static class CommonChecks
{
    private const string ScimJson = "application/scim+json";

    public static CheckArea Area { get; } = new("Common protocol",
    [
        Must("C1-scim-json", "7644 §3.8", "What is asked for as application/scim+json comes as application/scim+json.",
            async scim => IsScimJson(await scim.GetAsync("Users?count=1", ("Accept", ScimJson)))),
        Must("C1-media-type-in", "7644 §3.8", "A body may be application/scim+json without parameters.",
            async scim => Expect.Success(await scim.SendAsync(Post(scim.NewUser(), ScimJson)))),
        Must("C1-utf8", "7644 §3.8", "Text is UTF-8, in both directions.", async scim =>
        {
            var user = await scim.UserAsync(body => body["displayName"] = "Zoë 山田 Łukasz 😀");
            return Expect.Value(await scim.GetAsync(user.Path), "displayName", "Zoë 山田 Łukasz 😀");
        }, attributes: "displayName"),
        Should("C2-accept-json", "7644 §3.8", "JSON can be asked for as application/json.", async scim =>
        {
            var answer = await scim.GetAsync("Users?count=1", ("Accept", "application/json"));
            return Expect.Status(answer, 200) & Expect.That(answer, answer.MediaType is "application/json" or ScimJson, "expected JSON");
        }),
        Should("C2-json-in", "7644 §3.8", "A body may be application/json.",
            async scim => Expect.Success(await scim.SendAsync(Post(scim.NewUser(), "application/json; charset=utf-8")))),
        Must("C3-no-accept", "7644 §3.8", "Without an Accept header the answer is application/scim+json.",
            async scim => IsScimJson(await scim.GetAsync("Users?count=1", ("Accept", null)))),
        Must("C4-body", "7643 §2.1", "Names of attributes in a body have no letter case.", async scim =>
        {
            var user = scim.NewUser();
            var name = user["userName"]!.ToString();
            user.Remove("userName");
            user["USERNAME"] = name;
            var answer = await scim.PostAsync("Users", user);
            return Expect.Success(answer) & Expect.Value(answer, "userName", name);
        }),
        Must("C4-attributes", "7644 §3.10", "Names of attributes in a parameter have no letter case.", async scim =>
        {
            var user = await scim.UserAsync();
            return Expect.Value(await scim.GetAsync($"{user.Path}?attributes=USERNAME"), "userName", user.UserName);
        }),
        Must("C4-filter", "7644 §3.10", "Names of attributes in a filter have no letter case.", async scim =>
        {
            var user = await scim.UserAsync();
            return Expect.Found(await scim.FindAsync($"USERNAME eq \"{user.UserName}\""), user);
        }, Feature.Filter),
        Must("C4-path", "7644 §3.10", "Names of attributes in the path of a PATCH have no letter case.", async scim =>
        {
            var user = await scim.UserAsync();
            var answer = await scim.PatchAsync(user.Path, """[{"op":"replace","path":"NAME.GIVENNAME","value":"Zoe"}]""");
            return Expect.Success(answer) & Expect.Value(await scim.GetAsync(user.Path), "name/givenName", "Zoe");
        }, Feature.Patch, "name"),
        Must("C5-null", "7643 §2.5", "An attribute that is null has no value.", async scim =>
            Expect.Value(await scim.PostAsync("Users", scim.NewUser(body => body["displayName"] = null)), "displayName", null), attributes: "displayName"),
        Must("C5-empty-array", "7643 §2.5", "An attribute that is an empty array has no value.", async scim =>
            Expect.Value(await scim.PostAsync("Users", scim.NewUser(body =>
                body["phoneNumbers"] = new JsonArray())), "phoneNumbers", null), attributes: "phoneNumbers"),
        Must("C6-resource", "7643 §3", "A resource lists its schemas, its own among them.", async scim =>
        {
            var answer = await scim.GetAsync((await scim.UserAsync()).Path);
            return Expect.That(answer, answer.Json.HasSchema(ScimUrns.User), "expected the User URN in schemas");
        }),
        Must("C6-list", "7644 §3.4.2", "A list has the schema of a list.", async scim =>
        {
            var answer = await scim.GetAsync("Users?count=1");
            return Expect.That(answer, answer.Json.HasSchema(ScimUrns.ListResponse), "expected the ListResponse URN in schemas");
        }),
        Must("C7-id", "7643 §3.1", "Every resource has an id.", async scim =>
        {
            var answer = await scim.PostAsync("Users", scim.NewUser());
            return Expect.Success(answer) & Expect.That(answer, !string.IsNullOrEmpty(answer.Id), "expected an id");
        }),
        Must("C7-id-of-client", "7643 §3.1", "An id that a client sends is ignored.", async scim =>
        {
            var answer = await scim.PostAsync("Users", scim.NewUser(body => body["id"] = $"{scim.Prefix}-mine"));
            return Expect.Success(answer)
                & Expect.That(answer, answer.Id is not null && answer.Id != $"{scim.Prefix}-mine", "expected an id of the server's own");
        }),
        Must("C7-id-unique", "7643 §3.1", "Two resources have two ids.", async scim =>
        {
            var (first, answer) = (await scim.UserAsync(), await scim.PostAsync("Users", scim.NewUser()));
            return Expect.Success(answer) & Expect.That(answer, answer.Id != first.Id, "expected another id");
        }),
        Must("C7-id-stable", "7643 §3.1", "A resource keeps its id when it is replaced.", async scim =>
        {
            var user = await scim.UserAsync();
            await scim.PutAsync(user.Path, user.Copy(body => body["id"] = $"{scim.Prefix}-other"));
            return Expect.Value(await scim.GetAsync(user.Path), "id", user.Id);
        }),
        Must("C7-bulk-id", "7643 §3.1", "No id contains the word 'bulkId'.", async scim =>
        {
            var answer = await scim.GetAsync((await scim.UserAsync()).Path);
            return Expect.That(answer, answer.Id?.Contains("bulkId", StringComparison.OrdinalIgnoreCase) == false, "expected an id without 'bulkId'");
        }),
        Must("C8-external-id", "7643 §3.1", "The client's own id is kept as it was sent.", async scim =>
        {
            var user = await scim.UserAsync(body => body["externalId"] = $"{scim.Prefix}-AbC");
            return Expect.Value(await scim.GetAsync(user.Path), "externalId", $"{scim.Prefix}-AbC");
        }),
        Must("C8-not-invented", "7643 §3.1", "A server does not set the client's own id.",
            async scim => Expect.Value(await scim.GetAsync((await scim.UserAsync()).Path), "externalId", null)),
        Must("C9-ignored", "7643 §3.1", "Metadata that a client sends are ignored.", async scim =>
        {
            var answer = await scim.PostAsync("Users", scim.NewUser(body =>
                body["meta"] = new JsonObject { ["resourceType"] = "Robot", ["created"] = "1999-01-01T00:00:00Z",
                    ["location"] = "https://conformance.example/1" }));
            return Expect.Success(answer)
                & Expect.That(answer, answer.Json?.ToJsonString() is { } text && !text.Contains("Robot", StringComparison.Ordinal)
                    && !text.Contains("1999-01-01", StringComparison.Ordinal), "expected the server's own meta");
        }),
        Must("C9-resource-type", "7643 §3.1", "meta.resourceType names the type.",
            async scim => Expect.Value(await scim.GetAsync((await scim.UserAsync()).Path), "meta/resourceType", "User")),
        Must("C9-location", "7643 §3.1", "meta.location is the address of the resource.", async scim =>
        {
            var user = await scim.UserAsync();
            var answer = await scim.GetAsync(user.Path);
            return Expect.That(answer, IsAddressOf(answer.Json.Text("meta/location"), user),
                "expected an absolute URI that ends with the path of the resource");
        }),
        Should("C9-times", "7643 §3.1", "meta.created and meta.lastModified are instants, the first not after the second.", async scim =>
        {
            var answer = await scim.GetAsync((await scim.UserAsync()).Path);
            return Expect.That(answer, answer.Json.Instant("meta/created") <= answer.Json.Instant("meta/lastModified"), "expected two instants in order");
        }),
        Must("C10-password-create", "7643 §4.1.1", "A password is not in the answer to a create.", async scim =>
        {
            var answer = await scim.PostAsync("Users", WithPassword(scim));
            return Expect.Success(answer) & HasNoPassword(scim, answer);
        }, attributes: "password"),
        Must("C10-password-read", "7643 §4.1.1", "A password is not in what is read, nor is anything in its place.", async scim =>
        {
            var created = await scim.PostAsync("Users", WithPassword(scim));
            var answer = await scim.GetAsync($"Users/{created.Id}");
            return Expect.Status(answer, 200) & HasNoPassword(scim, answer);
        }, attributes: "password"),
        May("C12-unknown-attribute", "7643 §2.1", "An attribute that the schema does not have is ignored, or refused with 400.", async scim =>
        {
            var answer = await scim.PostAsync("Users", scim.NewUser(body => body["noSuchAttribute"] = "x"));
            return answer.IsSuccess ? Expect.Success(answer) : Expect.Status(answer, 400);
        }),
        Must("C13-tls", "7644 §7.2", "SCIM is spoken over TLS.", async scim =>
        {
            var answer = await scim.GetAsync("Users?count=1");
            return scim.BaseUrl.Scheme == Uri.UriSchemeHttps ? Expect.That(answer, answer.Status > 0, "expected an answer over TLS")
                : scim.BaseUrl.IsLoopback ? Verdict.NotSupported("a loopback address, where there is nothing to protect")
                : Expect.That(answer, false, "expected an https address");
        }),
    ]);

    /// <summary>Whether a location is absolute and ends with the path of the resource, whatever host a proxy gave it.</summary>
    internal static bool IsAddressOf(string? location, Subject resource) =>
        Uri.TryCreate(location, UriKind.Absolute, out var address) && address.Scheme.StartsWith("http", StringComparison.Ordinal)
        && address.AbsolutePath.EndsWith($"/{resource.Path}", StringComparison.Ordinal);

    private static Verdict IsScimJson(ScimAnswer answer) =>
        Expect.Status(answer, 200) & Expect.That(answer, answer.MediaType == ScimJson, $"expected application/scim+json, it is {answer.MediaType ?? "absent"}");

    private static JsonObject WithPassword(ScimProbe scim) => scim.NewUser(body => body["password"] = scim.Password);

    private static Verdict HasNoPassword(ScimProbe scim, ScimAnswer answer) => Expect.That(
        answer,
        answer.Json.At("password") is null && !answer.Text.Contains(scim.Password, StringComparison.Ordinal),
        "expected no member 'password' and its value nowhere");

    private static ScimRequest Post(JsonObject body, string mediaType) =>
        new(CallKind.Create, HttpMethod.Post, "Users", body) { Headers = [("Content-Type", mediaType)] };
}
