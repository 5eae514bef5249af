namespace OrleansIdentity.Api.Sessions;

/// <summary>
/// Whether another site's page made a browser send a request. Cookies come with such requests when the other site is a sub-domain's neighbour, which
/// <c>SameSite</c> does not tell apart; a program that sends neither header is no browser.
/// </summary>
internal static class CrossSite
{
    /// <summary>Whether the request must not act in the name of the cookie that came with it.</summary>
    public static bool IsForeign(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        {
            return false;
        }

        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
        {
            return site is not ("same-origin" or "none");
        }

        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0 && origin != $"{request.Scheme}://{request.Host.Value}";
    }
}
