namespace OrleansIdentity.Grains.Profiles;

/// <summary>What normalising came to.</summary>
/// <param name="Value">The normal form; null when the value was not understood.</param>
/// <param name="Why">What is wrong with the value; null when it was understood.</param>
internal readonly record struct Understood(string? Value, string? Why)
{
    public static Understood As(string value) => new(value, null);

    public static Understood Not(string why) => new(null, why);
}
