using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using OrleansIdentity.OktaSimulator.Management.Faults;

namespace OrleansIdentity.OktaSimulator.Management.Lists;

/// <summary>Writes lists in pages. A place in a list is the last key of the page and when it was given; the list itself is no snapshot.</summary>
internal static class PageWriter
{
    /// <summary>Writes a page, and its links as header lines of their own.</summary>
    /// <param name="org">The org.</param>
    /// <param name="http">The request.</param>
    /// <param name="items">All items in the order of their keys.</param>
    /// <param name="key">What an item is found again by.</param>
    /// <param name="json">What is shown of it.</param>
    /// <param name="standard">How many on a page unless asked.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="least">How few at least.</param>
    /// <param name="isPoll">Whether there is always a next page.</param>
    public static Task WriteAsync<T>(
        SimulatedOrg org, HttpContext http, IEnumerable<T> items, Func<T, string> key, Func<T, JsonObject> json, int standard, int most, int least = 1, bool isPoll = false)
    {
        var fault = OrgPipeline.FaultOf(http)?.Kind;
        var limit = standard;
        if (http.Request.Query["limit"] is [{ Length: > 0 } asked] && (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit < least || limit > most))
        {
            return org.Errors.InvalidAsync(http, "limit");
        }

        string? last = null;
        if (http.Request.Query["after"] is [{ Length: > 0 } after] && (fault == FaultKind.ExpiredCursor || (last = Read(org, after)) is null))
        {
            return org.Errors.InvalidAsync(http, "Invalid or expired 'after' cursor");
        }

        var rest = items.Where(item => last is null || string.CompareOrdinal(key(item), last) > 0).Take(limit + 1).ToList();
        var page = rest.Take(limit).ToList();
        var next = rest.Count > limit || isPoll ? Link(http, Write(org, page.Count > 0 ? key(page[^1]) : last ?? " "), "next") : null;
        (page, next) = fault switch
        {
            FaultKind.EmptyList => ([], null),
            FaultKind.PartialList => (page.Take(page.Count / 2).ToList(), null),
            FaultKind.ForeignNext => (page, $"<{OrgPipeline.FaultOf(http)!.Target}>; rel=\"next\""),
            FaultKind.LoopingNext => (page, $"<{http.Request.GetEncodedUrl()}>; rel=\"next\""),
            _ => (page, next),
        };
        if (fault != FaultKind.NoLinks)
        {
            http.Response.Headers.Append("Link", Link(http, null, "self"));
            if (next is not null)
            {
                http.Response.Headers.Append("Link", next);
            }
        }

        return JsonAnswers.WriteAsync(http, new JsonArray([.. page.Select(json)]));
    }

    private static string Link(HttpContext http, string? after, string relation)
    {
        var query = http.Request.Query.Where(part => after is null || part.Key != "after")
            .Select(part => $"{part.Key}={Uri.EscapeDataString(part.Value.ToString())}")
            .Concat(after is null ? [] : [$"after={after}"]);
        return $"<{http.Request.Scheme}://{http.Request.Host}{http.Request.Path.ToUriComponent()}?{string.Join('&', query)}>; rel=\"{relation}\"";
    }

    private static string Write(SimulatedOrg org, string key) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{org.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)} {key}"));

    private static string? Read(SimulatedOrg org, string after)
    {
        try
        {
            var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(after));
            var space = text.IndexOf(' ', StringComparison.Ordinal);
            return space > 0
                && long.TryParse(text[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var given)
                && DateTimeOffset.FromUnixTimeSeconds(given) + org.Options.CursorLife >= org.Clock.GetUtcNow()
                    ? text[(space + 1)..]
                    : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
