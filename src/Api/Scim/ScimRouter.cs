namespace OrleansIdentity.Api.Scim;

/// <summary>Handles an admitted request; the id is that of the path, empty where it has none.</summary>
internal delegate Task ScimHandler(ScimContext context, string id);

/// <summary>
/// The routes below the SCIM base URL. A base URL is pasted by a person: slashes at its end and doubled ones do not matter, nor does letter case.
/// </summary>
internal sealed class ScimRouter
{
    /// <summary>In place of a method: all methods that the path has no other handler for.</summary>
    public const string AnyMethod = "*";

    private readonly Dictionary<string, Route> _routes = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds a route.</summary>
    /// <param name="method">The HTTP method, or <see cref="AnyMethod"/>.</param>
    /// <param name="pattern">Empty for the base URL itself, a name, or a name followed by <c>/*</c> for the one segment that is an id.</param>
    /// <param name="handler">What answers it.</param>
    /// <param name="isPublic">Whether it is answered without credentials.</param>
    public ScimRouter Map(string method, string pattern, ScimHandler handler, bool isPublic = false)
    {
        if (!_routes.TryGetValue(pattern, out var route))
        {
            _routes[pattern] = route = new Route(new Dictionary<string, ScimHandler>(StringComparer.Ordinal), isPublic);
        }

        route.Handlers.Add(method, handler);
        return this;
    }

    /// <summary>The route of a path below the base URL, and the id in it; null when there is none.</summary>
    public (Route Route, string Id)? Find(string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return segments.Length switch
        {
            0 when _routes.TryGetValue("", out var route) => (route, ""),
            1 when _routes.TryGetValue(segments[0], out var route) => (route, ""),
            2 when _routes.TryGetValue($"{segments[0]}/{segments[1]}", out var route) => (route, ""),
            2 when _routes.TryGetValue($"{segments[0]}/*", out var route) => (route, segments[1]),
            _ => null,
        };
    }

    /// <summary>What is at one path.</summary>
    /// <param name="Handlers">By HTTP method.</param>
    /// <param name="IsPublic">Whether it is answered without credentials.</param>
    internal sealed record Route(Dictionary<string, ScimHandler> Handlers, bool IsPublic)
    {
        /// <summary>What answers a method; null when nothing does.</summary>
        public ScimHandler? Find(string method) => Handlers.GetValueOrDefault(method) ?? Handlers.GetValueOrDefault(AnyMethod);
    }
}
