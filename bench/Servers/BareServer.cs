namespace OrleansIdentity.Bench.Servers;

/// <summary>
/// The least that a server can do: Kestrel, no routing, no authentication, no store. It reads the request to its end and answers bytes that were
/// handed to it before, the same that the product answers. What the product takes beyond it is the product's own cost.
/// </summary>
internal static class BareServer
{
    /// <summary>The path to which the answer to a path is handed by PUT; the path itself follows.</summary>
    public const string Teach = "/teach";

    public static async Task RunAsync(string url, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(url);
        await using var app = builder.Build();
        var answers = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        app.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            if (http.Request.Path.StartsWithSegments(Teach, out var taught))
            {
                answers[taught.Value!] = body.ToArray();
                return;
            }

            var answer = answers[Key(http.Request.Method)];
            http.Response.ContentType = "application/scim+json";
            http.Response.ContentLength = answer.Length;
            await http.Response.Body.WriteAsync(answer, http.RequestAborted);

            // One answer for each kind of call: lists differ from single users by their query, writes by their method.
            string Key(string method) => method != "GET" ? $"/{method}" : http.Request.Query.ContainsKey("filter") ? "/filter"
                : http.Request.Query.ContainsKey("count") ? "/list" : "/GET";
        });
        await app.RunAsync(cancellationToken);
    }
}
