using System.Globalization;
using System.Numerics;
using OrleansIdentity.Scim.Errors;

namespace OrleansIdentity.Scim.Paging;

/// <summary>Which page of a list (RFC 7644 §3.4.2.4).</summary>
/// <param name="StartIndex">The first wanted position, from 1.</param>
/// <param name="Count">How many at most; 0 asks for the total alone.</param>
public readonly record struct PageRequest(int StartIndex, int Count)
{
    /// <summary>Reads the query parameters: a start below 1 is 1, a negative count is 0, and a count above the limit is the limit.</summary>
    /// <returns>The page; or 400 <c>invalidValue</c> for what is no integer.</returns>
    public static Outcome<PageRequest> Parse(string? startIndex, string? count, ScimLimits limits)
    {
        if (!TryInteger(startIndex, 1, out var start))
        {
            return NotAnInteger("startIndex");
        }

        return TryInteger(count, limits.DefaultPageSize, out var size)
            ? new PageRequest(Math.Max(start, 1), Math.Clamp(size, 0, limits.MaxPageSize))
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
