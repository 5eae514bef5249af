using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace OrleansIdentity.Silo.Storage.AzureTables.Layout;

/// <summary>
/// Where things lie. A tenant is one partition, so that a record, its unique keys, its event and the tenant's sequence are one entity-group transaction.
/// The parts of a row key are separated by <c>!</c>, which no encoded part contains.
/// </summary>
internal static class TableKeys
{
    /// <summary>The row that counts a tenant's events and fences its writers.</summary>
    public const string Sequence = "s";

    /// <summary>The partition that names every tenant that has, or may be about to get, a record of its own. No tenant is encoded like this.</summary>
    public const string Roster = "!roster";

    /// <summary>The partition that names every tenant that has, or may be about to get, departed members.</summary>
    public const string Departures = "!departures";

    /// <summary>The partition that a probe writes to.</summary>
    public const string Probe = "!probe";

    /// <summary>Sorts before the rows of all records.</summary>
    public const string FirstRecord = "r!";

    /// <summary>Sorts behind the rows of all records.</summary>
    public const string BehindRecords = "r\"";

    // A key may have 512 characters on every implementation of the service; the longest row key has two parts and a position.
    private const int MaxPart = 256;
    private const int KeptOfLongPart = MaxPart - 1 - (SHA256.HashSizeInBytes * 2);
    private const char Shortened = '^';

    /// <summary>The partition of a tenant.</summary>
    public static string Partition(string tenant) => Encode(tenant);

    /// <summary>What the row keys of all records of a kind begin with.</summary>
    public static string Records(string kind) => $"{FirstRecord}{Encode(kind)}!";

    /// <summary>The row of a record, living or deleted.</summary>
    public static string Record(string kind, string id) => Records(kind) + Encode(id);

    /// <summary>The row that reserves a unique key.</summary>
    public static string UniqueKey(string kind, KeyHash hash) => $"k!{Encode(kind)}!{hash}";

    /// <summary>The row of an event.</summary>
    public static string Event(long position) => "e!" + Digits(position);

    /// <summary>What the row keys of a resource's history begin with.</summary>
    public static string History(string resourceId) => $"h!{Encode(resourceId)}!";

    /// <summary>The row that says that an event is about a resource.</summary>
    public static string History(string resourceId, long position) => History(resourceId) + Digits(position);

    /// <summary>The row that says that a tenant may have departed members.</summary>
    public static string Departure(string tenant, long position) => $"{Encode(tenant)}!{Digits(position)}";

    /// <summary>The position at the end of the key of a history row.</summary>
    public static long Position(string rowKey) => long.Parse(rowKey.AsSpan(rowKey.LastIndexOf('!') + 1), CultureInfo.InvariantCulture);

    /// <summary>
    /// Writes any text with letters, digits, <c>-</c> and escapes alone, in the ordinal order of the texts. Each escape begins with a sign
    /// that sorts where the characters it stands for would. What is too long ends in a hash: rows keep the text itself in a column.
    /// </summary>
    public static string Encode(string text)
    {
        var encoded = text.All(IsPlain) ? text : Escape(text);
        return encoded.Length <= MaxPart
            ? encoded
            : encoded[..KeptOfLongPart] + Shortened + Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan())));
    }

    private static string Digits(long position) => position.ToString("d19", CultureInfo.InvariantCulture);

    private static bool IsPlain(char sign) => char.IsAsciiLetterOrDigit(sign) || sign == '-';

    private static string Escape(string text)
    {
        var encoded = new StringBuilder(text.Length * 2);
        foreach (var sign in text)
        {
            if (IsPlain(sign))
            {
                encoded.Append(sign);
            }
            else
            {
                encoded.Append(sign switch { < '-' => '$', < '0' => '.', < 'A' => '=', < 'a' => '_', _ => '~' })
                    .Append(((int)sign).ToString("x4", CultureInfo.InvariantCulture));
            }
        }

        return encoded.ToString();
    }
}
