using OrleansIdentity.Scim.Sorting;

namespace OrleansIdentity.Grains.Store;

/// <summary>A place in a list, whether or not the record that was there still exists.</summary>
/// <param name="Kind">The record's kind.</param>
/// <param name="Id">Its id.</param>
/// <param name="Key">What it is sorted by; <see cref="SortKey.Missing"/> in a list in the order of ids.</param>
public readonly record struct RecordPosition(string Kind, string Id, SortKey Key)
{
    /// <summary>Reads what <see cref="ToString"/> has written.</summary>
    /// <exception cref="FormatException">It has not.</exception>
    public static RecordPosition Parse(string text) => text.Split(' ', 3) is [var kind, var id, var rest] && SortKey.Parse(rest) is { } key
        ? new RecordPosition(kind, id, key)
        : throw new FormatException("No position.");

    /// <summary>The position as text, for <see cref="Parse"/>.</summary>
    public override string ToString() => $"{Kind} {Id} {Key}";
}
