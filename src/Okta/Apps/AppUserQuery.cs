using System.Globalization;
using System.Text;

namespace OrleansIdentity.Okta.Apps;

/// <summary>What to ask of an app's assignments.</summary>
/// <param name="Limit">How many on a page, 1 to 500.</param>
/// <param name="WithUsers">Whether each comes with the person; pages are large then, so keep them smaller.</param>
public sealed record AppUserQuery(int Limit = 200, bool WithUsers = false)
{
    /// <summary>Only those whose user name begins so, or whose names or e-mail do where the kind of app allows it.</summary>
    public string? Prefix { get; init; }

    /// <summary>The query of the address.</summary>
    public override string ToString()
    {
        var query = new StringBuilder("limit=").Append(Math.Clamp(Limit, 1, 500).ToString(CultureInfo.InvariantCulture));
        query.Append(WithUsers ? "&expand=user" : "");
        return Prefix is null ? query.ToString() : query.Append("&q=").Append(Uri.EscapeDataString(Prefix)).ToString();
    }
}
