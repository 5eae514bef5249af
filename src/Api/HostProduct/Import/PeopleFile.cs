using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CsvHelper;
using CsvHelper.Configuration;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Profiles;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Api.HostProduct.Import;

/// <summary>People as a CSV file has them (RFC 4180): a header of local fields, one person a row. An empty cell says nothing about its field.</summary>
/// <param name="Rows">The rows, in order.</param>
internal sealed record PeopleFile(IReadOnlyList<PeopleRow> Rows)
{
    private const int MaxRows = 10_000;

    /// <summary>Reads a file.</summary>
    /// <param name="type">Users as the tenant has them.</param>
    /// <param name="utf8">The file.</param>
    /// <returns>The file, or why it is refused as a whole.</returns>
    public static (PeopleFile? File, Refusal? Refusal) Read(ResourceType type, byte[] utf8)
    {
        try
        {
            using var text = new StreamReader(new MemoryStream(utf8), new UTF8Encoding(false, throwOnInvalidBytes: true));
            using var csv = new CsvParser(text, new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                Delimiter = ",",
                IgnoreBlankLines = true,
                MaxFieldSize = 10_000,
            });
            return csv.Read() ? Read(type, csv, [.. csv.Record!.Select(name => name.Trim())]) : Refuse(400, "csv-empty", "The file is empty. Send a header row of local fields, and rows.");
        }
        catch (DecoderFallbackException)
        {
            return Refuse(400, "csv-encoding", "The file is not UTF-8. Save it as UTF-8.");
        }
        catch (CsvHelperException exception)
        {
            return Refuse(400, "csv-malformed", $"The file is no CSV (RFC 4180) near row {exception.Context?.Parser?.Row}: a quote is not closed, or a cell too long.");
        }
    }

    private static (PeopleFile? File, Refusal? Refusal) Read(ResourceType type, CsvParser csv, string[] header)
    {
        LocalField?[] columns = [.. header.Select(name => LocalFields.Find(type, name))];
        if (Array.IndexOf(columns, null) is >= 0 and var place && header[place] is var unknown)
        {
            var known = string.Join(", ", LocalFields.Common.Concat(LocalFields.Custom(type)).Select(field => field.Name));
            return Refuse(400, "csv-column-unknown", $"'{unknown[..Math.Min(unknown.Length, 100)]}' is no local field. There are: {known}. Roles are given one by one.");
        }

        if (header.Distinct(StringComparer.Ordinal).Count() < header.Length || !header.Any(name => name is "email" or "user_name"))
        {
            return Refuse(400, "csv-column-missing", "Each column is named once, and one of them is email or user_name. Correct the header row.");
        }

        var rows = new List<PeopleRow>();
        while (csv.Read())
        {
            if (rows.Count == MaxRows)
            {
                return Refuse(413, "csv-too-many-rows", $"A file has at most {MaxRows} rows. Send several.");
            }

            rows.Add(PeopleRow.From(csv.Row, columns!, csv.Record!));
        }

        return (new PeopleFile(rows), null);
    }

    private static (PeopleFile? File, Refusal? Refusal) Refuse(int status, string id, string detail) => (null, new Refusal(status, id, detail));
}

/// <summary>One person of a file.</summary>
/// <param name="Number">The row, from 1; the header is the first.</param>
/// <param name="Name">The user name or else the e-mail address by which the person is looked up; null when there is neither.</param>
/// <param name="Fields">The local fields; null when the row has another number of cells than the header.</param>
internal sealed record PeopleRow(int Number, string? Name, JsonObject? Fields)
{
    public static PeopleRow From(int number, LocalField[] columns, string[] cells)
    {
        if (cells.Length != columns.Length)
        {
            return new PeopleRow(number, null, null);
        }

        var (fields, custom) = (new JsonObject(), new JsonObject());
        foreach (var (field, cell) in columns.Zip(cells).Where(pair => !string.IsNullOrWhiteSpace(pair.Second)))
        {
            if (field.Definition is { } definition)
            {
                custom[definition.Name] = CustomCell.Read(definition, cell.Trim());
            }
            else
            {
                fields[field.Name] = cell.Trim();
            }
        }

        if (custom.Count > 0)
        {
            fields["custom_fields"] = custom;
        }

        return new PeopleRow(number, (fields["user_name"] ?? fields["email"])?.GetValue<string>(), fields);
    }
}
