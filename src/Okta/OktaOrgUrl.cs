using OrleansIdentity.Okta.Outbound;
using OrleansIdentity.Okta.Results;

namespace OrleansIdentity.Okta;

/// <summary>The address of a customer's Okta org, such as <c>https://acme.okta.com</c>. Credentials of the tenant go there and nowhere else.</summary>
public sealed record OktaOrgUrl
{
    private const string ApiPath = "/api/v1/";

    private OktaOrgUrl(Uri origin) => Origin = origin;

    /// <summary>Scheme, host and port; the path is <c>/</c>.</summary>
    public Uri Origin { get; }

    /// <summary>Reads it as an admin typed it. A path is dropped: admins paste what their browser shows.</summary>
    public static OktaResult<OktaOrgUrl> Parse(string? text, bool allowLoopback)
    {
        if (!OutboundUrl.Parse(text, allowLoopback).TryGet(out var url, out var failure))
        {
            return failure;
        }

        return url.Host.EndsWith("-admin.okta.com", StringComparison.OrdinalIgnoreCase)
            ? new OktaFailure.Refused(new OktaError("org-url-is-console", "This is the address of Okta's admin console. Give the org's own address, without '-admin'."))
            : new OktaOrgUrl(new Uri(url.GetLeftPart(UriPartial.Authority)));
    }

    /// <summary>Whether an address that the org gave may be followed with the tenant's credentials: the same scheme, host and port, and the API's path.</summary>
    public bool Owns(Uri url) =>
        url.IsAbsoluteUri
        && url.UserInfo.Length == 0
        && url.Scheme == Origin.Scheme
        && url.IdnHost == Origin.IdnHost
        && url.Port == Origin.Port
        && url.AbsolutePath.StartsWith(ApiPath, StringComparison.Ordinal);

    /// <summary>The origin, without a path.</summary>
    public override string ToString() => Origin.GetLeftPart(UriPartial.Authority);
}
