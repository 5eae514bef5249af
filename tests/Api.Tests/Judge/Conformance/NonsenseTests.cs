using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Conformance;
using OrleansIdentity.OktaSimulator.Scim;

namespace OrleansIdentity.Api.Tests.Judge.Conformance;

/// <summary>A check that cannot fail checks nothing: servers that say that they have everything, and have nothing.</summary>
public sealed class NonsenseTests
{
    [Fact]
    public async Task Run_ServersThatAnswerNonsense_EveryCheckFailsForOneOfThem()
    {
        var all = new HashSet<string>();
        var failed = new HashSet<string>();
        foreach (var server in new[]
        {
            new Nonsense(200, "{}"),
            new Nonsense(204, "", Creates.OneThing),
            new Nonsense(500, "Oops"),
            new Nonsense(500, "Oops", Creates.Nothing),
            new Nonsense(200, null),
        })
        {
            using var http = new HttpClient(server);
            var report = await new ConformanceRun(http, TimeProvider.System).RunAsync(
                new ConformanceOptions(new ScimTarget("http://scim.example/v2", "a-token-of-nobody")), null, CancellationToken.None);
            Assert.False(report.Conforms);
            all.UnionWith(report.Results.Select(result => result.Id));
            failed.UnionWith(ConformanceCheck.Ids(report, Outcome.Fail));
        }

        Assert.True(all.IsSubsetOf(failed), $"never failed: {string.Join(", ", all.Except(failed))}");
    }

    [Fact]
    public async Task Run_Checks_HaveIdsOfTheirOwn()
    {
        using var http = new HttpClient(new Nonsense(200, "{}"));

        var report = await new ConformanceRun(http, TimeProvider.System).RunAsync(
            new ConformanceOptions(new ScimTarget("http://scim.example/v2", "a-token-of-nobody")), null, CancellationToken.None);

        Assert.Equal(report.Results.Count, report.Results.DistinctBy(result => result.Id).Count());
        Assert.True(report.Results.Count > 300);
        Assert.All(report.Results, result =>
        {
            Assert.Matches("^[A-Z]+[0-9]*-[a-zA-Z0-9-]+$", result.Id);
            Assert.Matches("^[0-9]{4} §[0-9.]+$", result.Section);
            Assert.EndsWith(".", result.Sentence, StringComparison.Ordinal);
        });
    }

    /// <summary>
    /// Promises everything when it is asked for the first time, creates whatever it is sent, and answers everything else alike; without a text, with
    /// what the request was.
    /// </summary>
    private sealed class Nonsense(int status, string? text, Creates creates = Creates.Anything) : HttpMessageHandler
    {
        private const string Everything = """
            {"patch":{"supported":true},"bulk":{"supported":true,"maxOperations":2,"maxPayloadSize":1000},"filter":{"supported":true},"sort":{"supported":true},
             "etag":{"supported":true},"pagination":{"cursor":true,"index":true}}
            """;

        private const string Types = """
            {"Resources":[{"schema":"urn:ietf:params:scim:schemas:core:2.0:User",
             "schemaExtensions":[{"schema":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"}]},
             {"schema":"urn:ietf:params:scim:schemas:core:2.0:Group"}]}
            """;

        private const string Schemas = """
            {"Resources":[{"id":"urn:ietf:params:scim:schemas:core:2.0:User","attributes":[
             {"name":"code","type":"string","mutability":"immutable","multiValued":false},
             {"name":"userName"},{"name":"name"},{"name":"displayName"},{"name":"title"},{"name":"nickName"},{"name":"emails"},{"name":"phoneNumbers"},
             {"name":"active"},{"name":"password"},{"name":"groups"},{"name":"x","type":"complex"}]}]}
            """;

        private readonly HashSet<string> _asked = [];
        private int _created;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            var path = request.RequestUri!.AbsolutePath["/v2/".Length..];
            return (request.Method.Method, path) switch
            {
                ("GET", "ServiceProviderConfig") when _asked.Add(path) => Answer(200, Everything),
                ("GET", "ResourceTypes") when _asked.Add(path) => Answer(200, Types),
                ("GET", "Schemas") when _asked.Add(path) => Answer(200, Schemas),
                ("POST", "Users" or "Groups") when creates != Creates.Nothing && TryParse(body) is { } created => Created(created),
                _ => Answer(status, text ?? body),
            };
        }

        private HttpResponseMessage Created(JsonObject body)
        {
            var isAnother = _asked.Add(body["userName"]?.ToString() ?? "");
            body["id"] ??= creates == Creates.OneThing ? "bulkId" : $"bulkId-{++_created}";
            var response = Answer(isAnother || creates == Creates.Anything ? 200 : 409, body.ToJsonString());
            response.Headers.TryAddWithoutValidation("Location", "nowhere");
            return response;
        }

        private static JsonObject? TryParse(string body)
        {
            try
            {
                return JsonNode.Parse(body) as JsonObject;
            }
            catch (System.Text.Json.JsonException)
            {
                return null;
            }
        }

        private HttpResponseMessage Answer(int status, string text)
        {
            var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(text, Encoding.UTF8, "text/plain") };
            if (creates == Creates.Anything)
            {
                response.Headers.TryAddWithoutValidation("ETag", "W/\"always\"");
            }

            return response;
        }
    }

    private enum Creates
    {
        Anything,
        OneThing,
        Nothing,
    }
}
