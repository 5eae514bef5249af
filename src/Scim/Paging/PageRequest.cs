using System.Globalization;
using System.Numerics;
using OrleansIdentity.Scim.Errors;

namespace OrleansIdentity.Scim.Paging;

/// <summary>Which page of a list: by index (RFC 7644 §3.4.2.4), the default, or by cursor (RFC 9865).</summary>
/// <param name="StartIndex">The first wanted position, from 1; 1 in a walk by cursor.</param>
/// <param name="Count">How many at most; 0 asks for the total alone.</param>
/// <param name="Cursor">In a walk by cursor, which page: an empty text for the first. Null in a walk by index.</param>
public readonly record struct PageRequest(int StartIndex, int Count, string? Cursor = null)
{
    /// <summary>Reads the parameters: a start below 1 is 1, a negative count is 0, and a count above the limit is the limit.</summary>
    /// <returns>
    /// The page; 400 <c>invalidValue</c> for what is no integer, and for a position together with a cursor, since each asks for another method
    /// (RFC 9865 §2.4); 400 <c>invalidCount</c> for a count of a walk by cursor that is no positive integer.
    /// </returns>
    public static Outcome<PageRequest> Parse(string? startIndex, string? count, string? cursor, ScimLimits limits)
    {
        var isCount = TryInteger(count, limits.DefaultPageSize, out var size);
        var most = Math.Clamp(size, 0, limits.MaxPageSize);
        if (cursor is not null)
        {
            return startIndex is not null
                ? ScimErrors.InvalidValue("paging-ambiguous", "Give either 'startIndex' or 'cursor', not both: each asks for another way of paging.")
                : isCount && most > 0 ? new PageRequest(1, most, cursor) : ScimErrors.InvalidCount(limits.MaxPageSize);
        }

        return !TryInteger(startIndex, 1, out var start) ? NotAnInteger("startIndex")
            : isCount ? new PageRequest(Math.Max(start, 1), most)
            : NotAnInteger("count");
    }

    private static bool TryInteger(string? text, int absent, out int value)
    {
        value = absent;
        if (text is null)
        {
            return true;
        }

        // An integer too large for us is an integer all the same: nothing is that far down the list.
        if (!BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed))
        {
            return false;
        }

        value = (int)BigInteger.Clamp(parsed, int.MinValue, int.MaxValue);
        return true;
    }

    private static ScimError NotAnInteger(string name) => ScimErrors.InvalidValue("paging-not-an-integer", $"'{name}' must be an integer. Correct it.");
}
