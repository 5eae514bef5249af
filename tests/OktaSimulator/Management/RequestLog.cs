using Microsoft.AspNetCore.Http;

namespace OrleansIdentity.OktaSimulator.Management;

/// <summary>A request as it came in.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Path">Its path.</param>
/// <param name="Query">Its query, with the question mark.</param>
/// <param name="Headers">Its headers.</param>
public sealed record SeenRequest(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers);

/// <summary>What was asked of an org.</summary>
public sealed class RequestLog
{
    private readonly Lock _lock = new();
    private readonly List<SeenRequest> _all = [];

    /// <summary>All requests, in the order in which they came.</summary>
    public IReadOnlyList<SeenRequest> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _all];
            }
        }
    }

    internal void Add(HttpRequest request)
    {
        var headers = request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        lock (_lock)
        {
            _all.Add(new SeenRequest(request.Method, request.Path.Value ?? "", request.QueryString.Value ?? "", headers));
        }
    }
}
