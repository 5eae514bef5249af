using System.Text;

namespace OrleansIdentity.Api.SignIn.Pages;

/// <summary>A page as it is answered: nothing on it comes from elsewhere, nothing runs, nobody may frame it, and nobody may keep it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="RootPath">What the tenant's paths begin with.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Body">What is below the title.</param>
internal sealed record Page(int Status, string RootPath, string Title, Html Body) : IResult
{
    /// <summary>Another origin that a form of this page may lead to, by a redirect; null for none.</summary>
    public string? FormTarget { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var html = Html.Of($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>{Title}</title>
            <link rel="stylesheet" href="{RootPath}{SignInPages.Root}/style.css">
            </head>
            <body>
            <main>
            <h1>{Title}</h1>
            {Body}
            </main>
            </body>
            </html>
            """);
        var response = httpContext.Response;
        Secure(response, FormTarget);
        response.StatusCode = Status;
        response.ContentType = "text/html; charset=utf-8";
        return response.WriteAsync(html.ToString(), Encoding.UTF8, httpContext.RequestAborted);
    }

    /// <summary>The headers of every answer to a browser.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="formTarget">Another origin that a form may lead to; null for none.</param>
    public static void Secure(HttpResponse response, string? formTarget = null)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'self'; form-action 'self'{(formTarget is null ? "" : $" {formTarget}")}; frame-ancestors 'none'; base-uri 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }
}
