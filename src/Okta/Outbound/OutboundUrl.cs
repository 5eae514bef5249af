using OrleansIdentity.Okta.Results;

namespace OrleansIdentity.Okta.Outbound;

/// <summary>Addresses that a tenant's admin typed.</summary>
public static class OutboundUrl
{
    /// <summary>Reads one: https, a host name, no user name or password, no fragment.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="allowLoopback">Whether this machine may be named, by its address or as <c>localhost</c>, and by http.</param>
    /// <returns>The address, or <see cref="OktaFailure.Refused"/> with <c>url-invalid</c>, <c>url-not-https</c> or <c>url-not-public</c>.</returns>
    public static OktaResult<Uri> Parse(string? text, bool allowLoopback)
    {
        if (!Uri.TryCreate(text?.Trim(), UriKind.Absolute, out var url) || url.UserInfo.Length > 0 || url.Fragment.Length > 0 || url.Host.Length == 0)
        {
            return Refused("url-invalid", "This is not a web address. Give it as in https://acme.okta.com, without user name and fragment.");
        }

        if (allowLoopback && url.IsLoopback && url.Scheme is "http" or "https")
        {
            return url;
        }

        if (url.Scheme != Uri.UriSchemeHttps)
        {
            return Refused("url-not-https", "The address must begin with https://.");
        }

        return url.HostNameType == UriHostNameType.Dns && url.IdnHost.Contains('.', StringComparison.Ordinal) && !url.IsLoopback
            ? url
            : Refused("url-not-public", "The address must name a public host, such as acme.okta.com, not a number and not a name of a private network.");
    }

    private static OktaFailure.Refused Refused(string id, string message) => new(new OktaError(id, message));
}
