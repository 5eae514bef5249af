using System.Text.Json.Serialization;
using OrleansIdentity.Api.Hosting;

namespace OrleansIdentity.Api.HostProduct.Import;

/// <summary>Imports people from a CSV file.</summary>
internal static class ImportEndpoints
{
    private const int MaxBytes = 8 * 1024 * 1024;

    public static void MapImport(this RouteGroupBuilder group) => group.MapPost("/users/import", ImportAsync)
        .WithSummary("Create and edit people from a CSV file with a header of local fields; with dry_run=true nothing is written. It can be sent again")
        .Accepts<string>("text/csv")
        .Produces<ImportReport>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(413).ProducesProblem(415);

    private static async Task<IResult> ImportAsync(HttpContext http, HostServices services, PeopleImport import, bool dry_run = false)
    {
        var call = HostCall.Of(http);
        var (actor, refused) = await call.RequireActorAsync(http, services);
        if (refused is not null)
        {
            return refused;
        }

        var (file, refusal) = PeopleFile.Read(call.Users.Type, await RequestBody.ReadAsync(http.Request, MaxBytes, http.RequestAborted));
        if (file is null)
        {
            return Problem.From(refusal!);
        }

        var rows = await import.RunAsync(call, actor!, file, dry_run, http.RequestAborted);
        return Results.Ok(new ImportReport(dry_run, Count("created"), Count("updated"), Count("unchanged"), Count("error"), rows));

        int Count(string result) => rows.Count(row => row.Result == result);
    }
}

/// <summary>What became of a file.</summary>
/// <param name="DryRun">Whether nothing was written.</param>
/// <param name="Created">How many rows made a person.</param>
/// <param name="Updated">How many rows changed one.</param>
/// <param name="Unchanged">How many rows said what is so already.</param>
/// <param name="Errors">How many rows could not be carried out.</param>
/// <param name="Rows">Each row, in order.</param>
public sealed record ImportReport(
    [property: JsonPropertyName("dry_run")] bool DryRun, int Created, int Updated, int Unchanged, int Errors, RowResult[] Rows);

/// <summary>What became of a row.</summary>
/// <param name="Row">Its number in the file; the header is row 1.</param>
/// <param name="Result">created, updated, unchanged or error.</param>
/// <param name="Id">The person; null with an error, and of one that a dry run would create.</param>
/// <param name="Error">Why it could not be carried out.</param>
public sealed record RowResult(int Row, string Result, string? Id, RowError? Error);

/// <summary>Why a row could not be carried out.</summary>
/// <param name="Id">A stable id.</param>
/// <param name="Detail">What is wrong and what to do.</param>
public sealed record RowError(string Id, string Detail);
