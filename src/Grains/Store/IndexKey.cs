namespace OrleansIdentity.Grains.Store;

/// <summary>One value by which a record is found without a scan.</summary>
/// <param name="Attribute">The canonical attribute path as a filter names it, such as <c>userName</c> or <c>emails.value</c>.</param>
/// <param name="Value">The value as filters compare it: folded, unless the attribute is case-exact.</param>
/// <param name="Unique">Whether no other record of the same tenant and kind may hold this attribute and value.</param>
public readonly record struct IndexKey(string Attribute, string Value, bool Unique)
{
    /// <summary>The longest value, in characters: what every adapter can keep in a key.</summary>
    public const int MaxLength = 512;
}
