using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using OrleansIdentity.Grains.Contracts.Standard;

namespace OrleansIdentity.Api.Settings.Provisioning;

/// <summary>A drift report as a file, written as it is read: it may have as many rows as the tenant has users.</summary>
internal sealed class DriftDownload(ISyncGrain runs, string runId, bool isCsv) : IResult
{
    private static readonly string[] Columns = ["kind", "okta_id", "user_id", "user_name", "attribute", "here", "okta", "outcome", "reason"];

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.CacheControl = "no-store";
        httpContext.Response.Headers.ContentDisposition = $"attachment; filename=\"drift-{runId}.{(isCsv ? "csv" : "json")}\"";
        httpContext.Response.ContentType = isCsv ? "text/csv; charset=utf-8" : "application/json; charset=utf-8";
        var rows = RowsAsync(runs, runId, httpContext.RequestAborted);
        if (isCsv)
        {
            await WriteCsvAsync(httpContext.Response.Body, rows);
        }
        else
        {
            await JsonSerializer.SerializeAsync(httpContext.Response.Body, rows, JsonSerializerOptions.Web, httpContext.RequestAborted);
        }
    }

    /// <summary>All rows of a report.</summary>
    public static async IAsyncEnumerable<DriftView> RowsAsync(
        ISyncGrain runs, string runId, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (string? after = null; await runs.ReadDriftAsync(runId, after, cancellationToken) is { } part; after = part.Id)
        {
            foreach (var row in part.Rows)
            {
                yield return DriftView.From(row);
            }
        }
    }

    // A line for each attribute that differs; one for a row without any.
    private static async Task WriteCsvAsync(Stream body, IAsyncEnumerable<DriftView> rows)
    {
        await using var text = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        await using var csv = new CsvWriter(text, new CsvHelper.Configuration.CsvConfiguration(CultureInfo.InvariantCulture)
        {
            // What begins like a formula is one to a spreadsheet, and names come from Okta.
            InjectionOptions = CsvHelper.Configuration.InjectionOptions.Escape,
        });
        await LineAsync(Columns);
        await foreach (var row in rows)
        {
            var changes = row.Changes.EnumerateArray().ToArray();
            foreach (var change in changes.Length == 0 ? [default] : changes)
            {
                await LineAsync(
                    row.Kind, row.OktaId, row.UserId, row.UserName, Side(change, "path"), Side(change, "before"), Side(change, "after"), row.Outcome, row.Reason?.Detail);
            }
        }

        async Task LineAsync(params string?[] fields)
        {
            foreach (var field in fields)
            {
                csv.WriteField(field);
            }

            await csv.NextRecordAsync();
        }
    }

    private static string? Side(JsonElement change, string name) => change.ValueKind == JsonValueKind.Object && change.TryGetProperty(name, out var value)
        ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText()
        : null;
}
