using System.Globalization;
using Azure.Data.Tables;

namespace OrleansIdentity.Silo.Storage.AzureTables.GrainState;

/// <summary>
/// The rows of Orleans' own Azure Table provider (<c>Microsoft.Orleans.Persistence.AzureStorage</c>), which reads what is written here, and whose rows are
/// read here, as long as both use the same serializer and service id. A state lies in columns of bytes (<c>Data</c>, <c>Data1</c>, … <c>Data14</c>) or of text
/// (<c>StringData</c>, <c>StringData1</c>, …).
/// </summary>
internal static class GrainStateLayout
{
    private const int MaxColumns = 15;
    private const int MaxBytesInColumn = 64 * 1024;
    private const int MaxCharactersInColumn = 32 * 1024;
    private const int MaxKey = 1_024;
    private const string Bytes = "Data";
    private const string Text = "StringData";

    /// <summary>The row of a state, without its columns.</summary>
    /// <exception cref="ArgumentException">The grain's id is too long for a key.</exception>
    public static TableEntity Row(string serviceId, GrainId grain, string stateName) => new(Clean($"{serviceId}_{grain}"), Clean(stateName));

    /// <summary>Writes a state into the row.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is too large.</exception>
    public static void Write(TableEntity row, BinaryData state, bool asText)
    {
        if (asText)
        {
            var text = state.ToString();
            Check(text.Length, MaxCharactersInColumn, "characters");
            for (var column = 0; column * MaxCharactersInColumn < text.Length; column++)
            {
                row[Name(Text, column)] = text.Substring(column * MaxCharactersInColumn, Math.Min(MaxCharactersInColumn, text.Length - (column * MaxCharactersInColumn)));
            }
        }
        else
        {
            var bytes = state.ToMemory();
            Check(bytes.Length, MaxBytesInColumn, "bytes");
            for (var column = 0; column * MaxBytesInColumn < bytes.Length; column++)
            {
                row[Name(Bytes, column)] = bytes.Slice(column * MaxBytesInColumn, Math.Min(MaxBytesInColumn, bytes.Length - (column * MaxBytesInColumn))).ToArray();
            }
        }
    }

    /// <summary>Reads a state, whichever way it was written; null for a state that was cleared.</summary>
    public static BinaryData? Read(TableEntity row)
    {
        using var bytes = new MemoryStream();
        var text = new System.Text.StringBuilder();
        for (var column = 0; column < MaxColumns; column++)
        {
            // Without type metadata a service gives bytes as base64.
            switch (row.TryGetValue(Name(Bytes, column), out var chunkOrText) ? chunkOrText : null)
            {
                case byte[] chunk:
                    bytes.Write(chunk);
                    break;
                case string encoded:
                    bytes.Write(Convert.FromBase64String(encoded));
                    break;
            }

            text.Append(row.TryGetValue(Name(Text, column), out var more) ? more as string : null);
        }

        return bytes.Length > 0 ? new BinaryData(bytes.ToArray())
            : text.Length > 0 ? new BinaryData(text.ToString())
            : null;
    }

    private static string Name(string name, int column) => column == 0 ? name : name + column.ToString(CultureInfo.InvariantCulture);

    private static void Check(int length, int maxInColumn, string unit)
    {
        if (length > maxInColumn * MaxColumns)
        {
            throw new ArgumentOutOfRangeException(nameof(length), length, $"A grain's state may have {maxInColumn * MaxColumns} {unit} at most.");
        }
    }

    private static string Clean(string key)
    {
        var cleaned = key.Replace('/', '_').Replace('\\', '_').Replace('#', '_').Replace('?', '_');
        return cleaned.Length < MaxKey ? cleaned : throw new ArgumentException($"The key of a grain's state has {cleaned.Length} characters; {MaxKey - 1} is the most.", nameof(key));
    }
}
