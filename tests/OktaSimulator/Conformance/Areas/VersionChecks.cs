using OrleansIdentity.OktaSimulator.Scim;
using static OrleansIdentity.OktaSimulator.Conformance.Check;

namespace OrleansIdentity.OktaSimulator.Conformance.Areas;

/// <summary>Versions, and requests that depend on them.</summary>
internal static class VersionChecks
{
    private const string Section = "7644 §3.14";
    private const string Stale = "W/\"conformance-never\"";

    public static CheckArea Area { get; } = new CheckArea("Versions",
    [
        Must("V1-header", Section, "A resource comes with its version in the ETag header.", async scim =>
        {
            var answer = await scim.GetAsync((await scim.UserAsync()).Path);
            return Expect.That(answer, answer.Header("ETag") is not null, "expected an ETag header");
        }),
        Must("V1-meta", Section, "meta.version is the version of the ETag header.", async scim =>
        {
            var answer = await scim.GetAsync((await scim.UserAsync()).Path);
            return Expect.That(answer, answer.Header("ETag") is { } tag
                && tag == answer.Json.Text("meta/version"), $"expected meta.version to be {answer.Header("ETag")}");
        }),
        Must("V1-create", Section, "A create is answered with the version.", async scim =>
        {
            var answer = await scim.PostAsync("Users", scim.NewUser());
            return Expect.That(answer, answer.Header("ETag") is not null || answer.Json.Text("meta/version") is not null, "expected a version");
        }),
        Must("V1-changes", Section, "A change changes the version.", async scim =>
        {
            var (user, before) = await VersionedAsync(scim);
            await scim.PutAsync(user.Path, user.Copy(body => body["displayName"] = "Another Name"));
            var answer = await scim.GetAsync(user.Path);
            return Expect.That(answer, answer.Header("ETag") != before, "expected another version");
        }, attributes: "displayName"),
        Must("V2-none-match", Section, "A read of the version that the client has is answered 304.", async scim =>
        {
            var (user, version) = await VersionedAsync(scim);
            return Expect.Status(await scim.GetAsync(user.Path, ("If-None-Match", version)), 304);
        }),
        Must("V2-none-match-other", Section, "A read of another version than the client has is answered 200.", async scim =>
        {
            var (user, _) = await VersionedAsync(scim);
            return Expect.Status(await scim.GetAsync(user.Path, ("If-None-Match", Stale)), 200);
        }),
        Must("V2-put-match", Section, "A replacement of the version that is there is made.", async scim =>
        {
            var (user, version) = await VersionedAsync(scim);
            return Expect.Success(await scim.PutAsync(user.Path, user.Copy(), ("If-Match", version)));
        }),
        Must("V2-put", Section, "A replacement of another version is answered 412, and not made.", async scim =>
        {
            var (user, _) = await VersionedAsync(scim);
            var answer = await scim.PutAsync(user.Path, user.Copy(body => body["displayName"] = "Another Name"), ("If-Match", Stale));
            return Expect.Status(answer, 412) & Expect.Value(await scim.GetAsync(user.Path), "displayName", user.Sent["displayName"]);
        }, attributes: "displayName"),
        Must("V2-patch", Section, "A PATCH of another version is answered 412, and not made.", async scim =>
        {
            var (user, _) = await VersionedAsync(scim);
            var answer = await scim.PatchAsync(user.Path, """[{"op":"replace","path":"displayName","value":"Another Name"}]""", ("If-Match", Stale));
            return Expect.Status(answer, 412) & Expect.Value(await scim.GetAsync(user.Path), "displayName", user.Sent["displayName"]);
        }, Feature.Patch, "displayName"),
        Must("V2-delete", Section, "A delete of another version is answered 412, and not made.", async scim =>
        {
            var (user, _) = await VersionedAsync(scim);
            var answer = await scim.DeleteAsync(user.Path, ("If-Match", Stale));
            return Expect.Status(answer, 412) & Expect.Status(await scim.GetAsync(user.Path), 200);
        }),
    ]).Needing(Feature.ETag);

    private static async Task<(Subject User, string Version)> VersionedAsync(ScimProbe scim)
    {
        var user = await scim.UserAsync();
        var answer = await scim.GetAsync(user.Path);
        return (user, answer.Header("ETag") ?? throw new SetUpFailedException(answer, "there is no ETag to send back"));
    }
}
