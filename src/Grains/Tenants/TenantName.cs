using System.Text.RegularExpressions;

namespace OrleansIdentity.Grains.Tenants;

/// <summary>What a tenant may be called: one label of a DNS name (RFC 1123), in lower case.</summary>
public static partial class TenantName
{
    private static readonly HashSet<string> Reserved = ["admin", "api", "app", "health", "mail", "operator", "scim", "static", "status", "t", "www"];

    /// <summary>Whether the text is a slug: 1 to 63 of <c>a-z 0-9 -</c>, no hyphen at either end.</summary>
    public static bool IsSlug(string text) => Slug().IsMatch(text);

    /// <summary>Whether the slug means something else as a sub-domain or path, so that no tenant may have it.</summary>
    public static bool IsReserved(string slug) => Reserved.Contains(slug);

    /// <summary>Whether the text is a host name of at least two labels, in lower case, not an address.</summary>
    public static bool IsHostName(string text) => text.Length <= 253 && HostName().IsMatch(text);

    [GeneratedRegex(@"\A[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Slug();

    [GeneratedRegex(@"\A(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex HostName();
}
