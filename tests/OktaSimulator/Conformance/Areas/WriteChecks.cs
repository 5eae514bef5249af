using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Scim;
using static OrleansIdentity.OktaSimulator.Conformance.Check;

namespace OrleansIdentity.OktaSimulator.Conformance.Areas;

/// <summary>Create, read, replace, delete.</summary>
internal static class WriteChecks
{
    public static CheckArea Area { get; } = new("Create, read, replace, delete",
    [
        Must("W1-created", "7644 §3.3", "A create is answered 201.", async scim => Expect.Status(await scim.PostAsync("Users", scim.NewUser()), 201)),
        Must("W1-location-header", "7644 §3.3", "A create is answered with the address of the resource in the Location header.", async scim =>
        {
            var answer = await scim.PostAsync("Users", scim.NewUser());
            return Expect.Success(answer)
                & Expect.That(answer, answer.Header("Location")?.EndsWith($"/Users/{answer.Id}", StringComparison.Ordinal) == true,
                    "expected a Location header");
        }),
        Must("W1-location-equal", "7644 §3.3", "The Location header and meta.location are the same.", async scim =>
        {
            var answer = await scim.PostAsync("Users", scim.NewUser());
            return Expect.Success(answer) & Expect.That(
                answer,
                answer.Header("Location") is null || answer.Header("Location") == answer.Json.Text("meta/location"),
                $"expected {answer.Header("Location")} in meta.location");
        }),
        Should("W1-body", "7644 §3.3", "A create is answered with what was stored.", async scim =>
        {
            var user = await scim.UserAsync();
            var answer = await scim.GetAsync(user.Path);
            return Expect.That(answer, Same(user.Body, answer.Json), "expected what the create was answered with");
        }),
        Must("W2-conflict", "7644 §3.3", "A create that conflicts with what is there is answered 409.", async scim =>
        {
            var user = await scim.UserAsync();
            return Expect.Status(await scim.PostAsync("Users", scim.NewUser(body => body["userName"] = user.UserName)), 409);
        }),
        Must("W2-keyword", "7644 §3.3", "A conflict has the keyword 'uniqueness'.", async scim =>
        {
            var user = await scim.UserAsync();
            var answer = await scim.PostAsync("Users", scim.NewUser(body => body["userName"] = user.UserName));
            return Expect.That(answer, answer.ScimType == "uniqueness", "expected scimType 'uniqueness'");
        }),
        Must("W2-letter-case", "7643 §4.1.1", "Names that differ in letter case alone are the same name.", async scim =>
        {
            var user = await scim.UserAsync();
            return Expect.Status(await scim.PostAsync("Users", scim.NewUser(body => body["userName"] = user.UserName.ToUpperInvariant())), 409);
        }),
        Must("W2-unchanged", "7644 §3.3", "A refused create leaves what is there as it is.", async scim =>
        {
            var user = await scim.UserAsync();
            await scim.PostAsync("Users", user.Copy(body => body["name"] = new JsonObject { ["givenName"] = "Overwritten" }));
            return Expect.Value(await scim.GetAsync(user.Path), "name/givenName", "Ann");
        }, attributes: "name"),
        Must("W2-put", "7644 §3.5.1", "A replacement with a name that another one has is answered 409 'uniqueness'.", async scim =>
        {
            var (first, second) = (await scim.UserAsync(), await scim.UserAsync());
            return Expect.Error(await scim.PutAsync(second.Path, second.Copy(body => body["userName"] = first.UserName)), 409, "uniqueness");
        }),
        Must("W3-post", "7644 §3.3", "What is readOnly is ignored in a create.", async scim =>
        {
            var answer = await scim.PostAsync("Users", scim.NewUser(body =>
                body["groups"] = new JsonArray(new JsonObject { ["value"] = $"{scim.Prefix}-none" })));
            return Expect.Success(answer) & Expect.Value(answer, "groups", null);
        }),
        Must("W3-put", "7644 §3.5.1", "What is readOnly is ignored in a replacement.", async scim =>
        {
            var user = await scim.UserAsync();
            var answer = await scim.PutAsync(user.Path, user.Copy(body =>
            {
                body["meta"] = new JsonObject { ["created"] = "1999-01-01T00:00:00Z" };
                body["groups"] = new JsonArray(new JsonObject { ["value"] = $"{scim.Prefix}-none" });
            }));
            var read = await scim.GetAsync(user.Path);
            return Expect.Success(answer) & Expect.Value(read, "groups", null)
                & Expect.That(read, read.Json.Instant("meta/created")?.Year != 1999, "expected meta.created as it was");
        }),
        Must("W5-read", "7644 §3.4.1", "A resource is read by its id.", async scim =>
        {
            var user = await scim.UserAsync();
            var answer = await scim.GetAsync(user.Path);
            return Expect.Status(answer, 200) & Expect.Value(answer, "id", user.Id) & Expect.Value(answer, "userName", user.UserName);
        }),
        Must("W5-unknown", "7644 §3.4.1", "An id that nothing has is answered 404.", async scim => Expect.Status(await scim.GetAsync(Unknown), 404)),
        Must("W6-unknown", "7644 §3.5.1",
            "A replacement creates nothing: 404.", async scim => Expect.Status(await scim.PutAsync(Unknown, scim.NewUser()), 404)),
        Must("W7-simple", "7644 §3.5.1",
            "A replacement sets what it has.", async scim => await ReplacedAsync(scim, "displayName", "Another Name"), attributes: "displayName"),
        Must("W7-complex", "7644 §3.5.1", "A replacement sets a complex attribute as a whole.", async scim =>
        {
            var user = await scim.UserAsync();
            await scim.PutAsync(user.Path, user.Copy(body => body["name"] = new JsonObject { ["familyName"] = "Miller" }));
            var answer = await scim.GetAsync(user.Path);
            return Expect.Value(answer, "name/familyName", "Miller") & Expect.Value(answer, "name/givenName", null);
        }, attributes: "name"),
        Must("W7-values", "7644 §3.5.1", "A replacement sets all values of an attribute that has several.", async scim =>
        {
            var user = await scim.UserAsync();
            await scim.PutAsync(user.Path, user.Copy(body =>
                body["emails"] = new JsonArray(new JsonObject { ["value"] = $"other.{user.UserName}", ["type"] = "home" })));
            var answer = await scim.GetAsync(user.Path);
            return Expect.Value(answer, "emails/#", 1) & Expect.Value(answer, "emails/home/value", $"other.{user.UserName}");
        }, attributes: "emails"),
        Must("W7-active", "7643 §4.1.1", "An account is deactivated by a replacement, stays readable, and is activated again.", async scim =>
        {
            var user = await scim.UserAsync();
            await scim.PutAsync(user.Path, user.Copy(body => body["active"] = false));
            var off = await scim.GetAsync(user.Path);
            await scim.PutAsync(user.Path, user.Copy());
            return Expect.Value(off, "active", false) & Expect.Value(await scim.GetAsync(user.Path), "active", true);
        }, attributes: "active"),
        May("W8-omitted", "7644 §3.5.1", "What a replacement leaves out is cleared, or kept.", async scim =>
        {
            var user = await scim.UserAsync();
            return Expect.Success(await scim.PutAsync(user.Path, user.Copy(body => body.Remove("displayName"))));
        }, attributes: "displayName"),
        Should("W9-immutable", "7644 §3.5.1", "Another value for an immutable attribute that is set is answered 400 'mutability'.", ImmutableAsync),
        Must("W10-post", "7644 §3.3", "A create without a required attribute is answered 400 'invalidValue'.",
            async scim => Expect.Error(await scim.PostAsync("Users", scim.NewUser(body => body.Remove("userName"))), 400, "invalidValue")),
        Must("W10-put", "7644 §3.5.1", "A replacement without a required attribute is answered 400 'invalidValue'.", async scim =>
        {
            var user = await scim.UserAsync();
            return Expect.Error(await scim.PutAsync(user.Path, user.Copy(body => body.Remove("userName"))), 400, "invalidValue");
        }),
        Must("W10-type", "7644 §3.12", "A value of another type than the schema has is answered 400.",
            async scim => Expect.Error(await scim.PostAsync("Users", scim.NewUser(body => body["name"] = "Ann Lee")), 400, "invalidValue", "invalidSyntax"),
            attributes: "name"),
        Must("W11-answer", "7644 §3.5.1", "A replacement is answered 200 with the whole resource, or 204.", async scim =>
        {
            var user = await scim.UserAsync();
            var answer = await scim.PutAsync(user.Path, user.Copy());
            return answer.Status == 204 ? Expect.Status(answer, 204)
                : Expect.Status(answer, 200) & Expect.Value(answer, "id", user.Id) & Expect.Value(answer, "userName", user.UserName);
        }),
        Must("W12-deleted", "7644 §3.6", "A delete is answered 204.", async scim => Expect.Status(await scim.DeleteAsync((await scim.UserAsync()).Path), 204)),
        Must("W12-get", "7644 §3.6",
            "What was deleted cannot be read: 404.", async scim => Expect.Status(await scim.GetAsync((await DeletedAsync(scim)).Path), 404)),
        Must("W12-put", "7644 §3.6", "What was deleted cannot be replaced: 404.", async scim =>
        {
            var user = await DeletedAsync(scim);
            return Expect.Status(await scim.PutAsync(user.Path, user.Copy()), 404);
        }),
        Must("W12-patch", "7644 §3.6", "What was deleted cannot be changed: 404.", async scim => Expect.Status(
            await scim.PatchAsync((await DeletedAsync(scim)).Path, """[{"op":"replace","path":"active","value":false}]"""), 404), Feature.Patch, "active"),
        Must("W12-delete", "7644 §3.6",
            "What was deleted cannot be deleted: 404.", async scim => Expect.Status(await scim.DeleteAsync((await DeletedAsync(scim)).Path), 404)),
        Must("W12-list", "7644 §3.6", "What was deleted is in no list.", async scim =>
        {
            var user = await DeletedAsync(scim);
            var answer = await scim.FindAsync($"userName eq \"{user.UserName}\"");
            return Expect.Status(answer, 200, 404)
                & Expect.That(answer, answer.Json.Resources().All(one => one.Text("id") != user.Id), "expected a list without it");
        }, Feature.Filter),
        Should("W13-again", "7644 §3.6", "The name of what was deleted is free again.", async scim =>
            Expect.Success(await scim.PostAsync("Users", (await DeletedAsync(scim)).Copy()))),
    ]);

    /// <summary>Where nothing is.</summary>
    internal const string Unknown = "Users/00000000-0000-7000-8000-000000000000";

    private static async Task<Subject> DeletedAsync(ScimProbe scim)
    {
        var user = await scim.UserAsync();
        var answer = await scim.DeleteAsync(user.Path);
        return answer.IsSuccess ? user : throw new SetUpFailedException(answer, "could not delete");
    }

    private static async Task<Verdict> ReplacedAsync(ScimProbe scim, string attribute, JsonNode value)
    {
        var user = await scim.UserAsync();
        var answer = await scim.PutAsync(user.Path, user.Copy(body => body[attribute] = value.DeepClone()));
        return Expect.Success(answer) & Expect.Value(await scim.GetAsync(user.Path), attribute, value);
    }

    private static async Task<Verdict> ImmutableAsync(ScimProbe scim)
    {
        var immutable = (scim.Offer.UserSchema.At("attributes") as JsonArray)?.FirstOrDefault(attribute =>
            attribute.Text("mutability") == "immutable" && attribute.Text("type") == "string" && attribute.At("multiValued")?.ToString() == "false");
        if (immutable.Text("name") is not { } name)
        {
            return Verdict.NotSupported("the schema of users has no immutable text");
        }

        var user = await scim.UserAsync(body => body[name] = "first");
        return Expect.Error(await scim.PutAsync(user.Path, user.Copy(body => body[name] = "second")), 400, "mutability");
    }

    // What a server adds while it answers, such as groups, may differ.
    private static bool Same(JsonObject created, JsonObject? read) =>
        new[] { "id", "userName", "displayName", "name/givenName", "emails/work/value", "meta/location" }
            .All(path => JsonNode.DeepEquals(created.At(path), read.At(path)));
}
