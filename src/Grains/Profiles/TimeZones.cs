using System.Collections.Frozen;

namespace OrleansIdentity.Grains.Profiles;

/// <summary>Time zones as directories write them, as names of the IANA database.</summary>
internal static class TimeZones
{
    private const string Hint = "Send a name of the IANA database such as 'Europe/Berlin', or one that Windows uses.";

    private static readonly Lazy<FrozenDictionary<string, string>> Iana = new(() => TimeZoneInfo.GetSystemTimeZones()
        .Select(zone => zone.Id)
        .Where(id => id.Contains('/') || id is "UTC" or "GMT")
        .DistinctBy(id => id, StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(id => id, id => id, StringComparer.OrdinalIgnoreCase));

    /// <summary>A time zone: <c>Europe/Berlin</c>, <c>europe/berlin</c>, <c>W. Europe Standard Time</c>, <c>utc</c>.</summary>
    public static Understood Normalise(string value)
    {
        var name = value.Trim();
        return Iana.Value.TryGetValue(name, out var known) ? Understood.As(known)
            : TimeZoneInfo.TryConvertWindowsIdToIanaId(name, out var iana) ? Understood.As(iana == "Etc/UTC" ? "UTC" : iana)
            : name.Contains('/') && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var older) ? Understood.As(older.Id)
            : Understood.Not($"This is no time zone that is known. {Hint}");
    }
}
