namespace OrleansIdentity.Grains.Profiles;

/// <summary>Places: any text, with its white space in order.</summary>
internal static class Locations
{
    private const int MaxLength = 200;

    public static Understood Normalise(string value)
    {
        var place = WhiteSpace.Collapse(value);
        return place.Length > MaxLength ? Understood.Not($"A location has at most {MaxLength} characters. Send the city alone.")
            : !place.Any(char.IsLetterOrDigit) ? Understood.Not("This has neither letters nor digits. Send the name of a place.")
            : Understood.As(place);
    }
}
