using OrleansIdentity.OktaSimulator.Apps;
using static OrleansIdentity.Api.Tests.Judge.Faults.PlantedFault;
using static OrleansIdentity.OktaSimulator.Verification.FindingKinds;

namespace OrleansIdentity.Api.Tests.Judge.Faults;

/// <summary>Answers that are wrong whatever was asked, and credentials.</summary>
internal static class AnswerFaults
{
    public static PlantedFault[] All { get; } =
    [
        Classic("closes the connection of a PUT", NoAnswer, async exchange => await exchange.ForwardAsync() with { IsAborted = exchange.Method == "PUT" }),
        new("fails now and then", ServerError, AppKind.Classic, () =>
        {
            var count = 0;
            return exchange => Interlocked.Increment(ref count) % 50 == 0 ? Task.FromResult(FaultyAnswer.Error(503)) : exchange.ForwardAsync();
        }),
        Classic("throttles and does not say for how long", Throttled, exchange =>
            exchange.Method == "PUT" ? Task.FromResult(FaultyAnswer.Error(429)) : exchange.ForwardAsync()),
        Classic("throttles until a date", Throttled, exchange =>
            exchange.Method == "PUT"
                ? Task.FromResult(FaultyAnswer.Error(429) with { RetryAfter = "Fri, 31 Dec 1999 23:59:59 GMT" })
                : exchange.ForwardAsync()),
        Classic("throttles for ever", Throttled, exchange =>
            exchange.Method == "PUT" ? Task.FromResult(FaultyAnswer.Error(429) with { RetryAfter = "0" }) : exchange.ForwardAsync()),
        Classic("answers errors in HTML", NotJson, async exchange =>
            await exchange.ForwardAsync() is var answer && answer.IsSuccess ? answer : answer with { Text = "<html>Oops</html>", MediaType = "text/html" }),
        Classic("answers errors with an empty body", ErrorShape, async exchange =>
            await exchange.ForwardAsync() is var answer && answer.IsSuccess ? answer : answer with { Text = "" }),
        Classic("writes the status of an error as a number", ErrorShape, async exchange =>
        {
            var answer = await exchange.ForwardAsync();
            if (answer.IsSuccess)
            {
                return answer;
            }

            var error = answer.Json;
            error["status"] = answer.Status;
            return answer with { Text = error.ToJsonString() };
        }),
        Classic("calls JSON plain text", WrongMediaType, async exchange => await exchange.ForwardAsync() with { MediaType = "text/plain" }),
        Classic("accepts any token", BadCredentialAccepted, async exchange =>
            await exchange.ForwardAsync() is var answer && answer.Status == 401 ? FaultyAnswer.EmptyList : answer),
        Classic("answers 403 to a wrong token", BadCredentialAccepted, async exchange =>
            await exchange.ForwardAsync() is var answer && answer.Status == 401 ? FaultyAnswer.Error(403) : answer),
        Classic("has no list for the connection test", ConnectionTestFailed, async exchange =>
            exchange.Query.Contains("count=2", StringComparison.Ordinal) && exchange.IsImport ? FaultyAnswer.Error(404) : await exchange.ForwardAsync()),
        Classic("leaves out schemas", SchemasMissing, async exchange => (await exchange.ForwardAsync()).With(body => body.Remove("schemas"))),
        Classic("leaves out meta", MetaMissing, async exchange => (await exchange.ForwardAsync()).With(body => body.Remove("meta"))),
        Classic("answers a GET with an empty body", EmptyBody, async exchange =>
            exchange.IsRead ? await exchange.ForwardAsync() with { Text = "" } : await exchange.ForwardAsync()),
        Classic("answers 200 to a malformed filter", BadFilterAnswer, async exchange =>
            await exchange.ForwardAsync() is var answer && answer.Status == 400 ? FaultyAnswer.EmptyList : answer),
        Classic("answers 400 to an unknown id", UnknownIdAnswer, async exchange =>
            await exchange.ForwardAsync() is var answer && exchange.IsRead && answer.Status == 404 ? FaultyAnswer.Error(400, "invalidValue") : answer),
        Classic("keeps what is deleted", DeletedStillThere, exchange =>
            exchange.Method == "DELETE" ? Task.FromResult(new FaultyAnswer(204, "")) : exchange.ForwardAsync()),
        new("echoes a password on the next read", PasswordEchoed, AppKind.Classic, () =>
        {
            var passwords = new System.Collections.Concurrent.ConcurrentDictionary<string, string>();
            return async exchange =>
            {
                if (exchange.Method == "PUT" && exchange.Body["password"] is { } password)
                {
                    passwords[exchange.Id] = password.ToString();
                }

                return (await exchange.ForwardAsync()).With(body =>
                {
                    if (exchange.IsRead && passwords.TryGetValue(exchange.Id, out var kept))
                    {
                        body["password"] = kept;
                    }
                });
            };
        }),
        Classic("echoes a password in the answer to a create", PasswordEchoed, async exchange =>
            (await exchange.ForwardAsync()).With(body =>
            {
                if (exchange.Method == "POST")
                {
                    body["password"] = exchange.Body["password"]?.DeepClone();
                }
            })),
    ];
}
