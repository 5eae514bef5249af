using System.Globalization;
using OrleansIdentity.OktaSimulator.Scim;
using static OrleansIdentity.OktaSimulator.Conformance.Check;

namespace OrleansIdentity.OktaSimulator.Conformance.Areas;

/// <summary>How a server says no, and /Me.</summary>
internal static class ErrorChecks
{
    private const string Section = "7644 §3.12";

    public static CheckArea Area { get; } = new("Errors, credentials and /Me",
    [
        Must("E1-not-found", Section, "404 has a SCIM error as its body.", async scim => IsError(await scim.GetAsync(WriteChecks.Unknown), 404)),
        Must("E1-conflict", Section, "409 has a SCIM error as its body.", async scim =>
        {
            var user = await scim.UserAsync();
            return IsError(await scim.PostAsync("Users", user.Copy()), 409);
        }),
        Must("E1-bad-request", Section, "400 has a SCIM error as its body.", async scim => IsError(await scim.SendAsync(Malformed), 400)),
        Must("E1-media-type", "7644 §3.8", "An error is application/scim+json.", async scim =>
        {
            var answer = await scim.GetAsync(WriteChecks.Unknown);
            return Expect.That(answer, answer.MediaType == "application/scim+json", $"expected application/scim+json, it is {answer.MediaType ?? "absent"}");
        }),
        Must("E1-status-text", Section, "The status of an error is a string.", async scim =>
        {
            var answer = await scim.GetAsync(WriteChecks.Unknown);
            return Expect.That(answer, answer.Json.Text("status") == answer.Status.ToString(CultureInfo.InvariantCulture),
                $"expected the string \"{answer.Status}\"");
        }),
        Should("E1-detail", Section, "An error says in words what is wrong.", async scim =>
        {
            var answer = await scim.GetAsync(WriteChecks.Unknown);
            return Expect.That(answer, answer.Json.Text("detail") is { Length: > 0 }, "expected a detail");
        }),
        Must("E2-syntax", Section, "A body that is no JSON is answered 400.", async scim => Expect.Status(await scim.SendAsync(Malformed), 400)),
        Should("E2-keyword", Section, "A body that is no JSON is answered with the keyword 'invalidSyntax'.",
            async scim => Expect.Error(await scim.SendAsync(Malformed), 400, "invalidSyntax")),
        Must("E2-not-an-object", Section, "A body that is no object is answered 400.",
            async scim => Expect.Status(await scim.SendAsync(Malformed with { Text = "[]" }), 400)),
        Must("E2-empty", Section, "A create without a body is answered 400.",
            async scim => Expect.Status(await scim.SendAsync(Malformed with { Text = "" }), 400, 415)),
        Must("E3-no-credential", "7644 §2",
            "A request without a credential is answered 401.", async scim => Expect.Status(await scim.GetAsync("Users?count=1", ("Authorization", null)), 401)),
        Must("E3-wrong-credential", "7644 §2", "A request with a wrong credential is answered 401.",
            async scim => Expect.Status(await scim.GetAsync("Users?count=1", ("Authorization", "Bearer not-the-token")), 401)),
        Must("E3-challenge", "7235 §3.1", "401 says in WWW-Authenticate how to authenticate.", async scim =>
        {
            var answer = await scim.GetAsync("Users?count=1", ("Authorization", "Bearer not-the-token"));
            return Expect.That(answer, answer.Header("WWW-Authenticate") is not null, "expected a WWW-Authenticate header");
        }),
        Must("E3-unauthorized", Section, "401 has a SCIM error as its body.",
            async scim => IsError(await scim.GetAsync("Users?count=1", ("Authorization", "Bearer not-the-token")), 401)),
        Must("E3-write-unauthorized", "7644 §2", "Nothing is created without a credential.", async scim =>
        {
            var answer = await scim.PostAsync("Users", scim.NewUser(), ("Authorization", null));
            return Expect.Status(answer, 401);
        }),
        Should("E3-endpoint", Section, "An endpoint that does not exist is answered 404.",
            async scim => Expect.Status(await scim.GetAsync("NoSuchEndpoint"), 404)),
        Should("E3-method", Section, "A method that an endpoint does not have is answered 405.",
            async scim => Expect.Status(await scim.SendAsync(HttpMethod.Put, "Users", scim.NewUser()), 405, 404, 501)),
        Should("E3-media-type", "7231 §6.5.13", "A body that is not JSON by its type is answered 415.", async scim => Expect.Status(
            await scim.SendAsync(new ScimRequest(CallKind.Create, HttpMethod.Post, "Users", scim.NewUser()) { Headers = [("Content-Type",
                "text/plain")] }), 415, 400)),
        Must("M1-me", "7644 §3.11", "/Me is the user whose credential it is, leads to it (308), or is not implemented (501).", async scim =>
        {
            var answer = await scim.GetAsync("Me");
            return answer.Status switch
            {
                501 => Verdict.NotSupported("/Me is not implemented", answer),
                200 => Expect.That(answer, answer.Id is not null && answer.Json.HasSchema(ScimUrns.User), "expected a user"),
                301 or 302 or 307 or 308 => Expect.That(answer, answer.HasLocation, "expected a Location header"),

                // A credential that is nobody's has no "me".
                _ => Expect.Error(answer, 404),
            };
        }),
    ]);

    private static ScimRequest Malformed => new(CallKind.Create, HttpMethod.Post, "Users") { Text = "{\"schemas\": [" };

    private static Verdict IsError(ScimAnswer answer, int status) => Expect.Status(answer, status) & Expect.That(
        answer,
        answer.Json.HasSchema(ScimUrns.Error) && answer.Json.At("status")?.ToString() == status.ToString(CultureInfo.InvariantCulture),
        "expected the Error URN in schemas, and the status");
}
