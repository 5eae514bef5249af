namespace OrleansIdentity.Scim;

/// <summary>What one request may ask of the engine. Beyond it the request is refused, whatever it says.</summary>
public sealed record ScimLimits
{
    /// <summary>The limits that a server starts with.</summary>
    public static ScimLimits Default { get; } = new();

    /// <summary>The longest filter, in characters.</summary>
    public int MaxFilterLength { get; init; } = 8_192;

    /// <summary>The deepest nesting of a filter.</summary>
    public int MaxFilterDepth { get; init; } = 64;

    /// <summary>The most comparisons in a filter.</summary>
    public int MaxFilterTerms { get; init; } = 256;

    /// <summary>The most operations in a PATCH request.</summary>
    public int MaxPatchOperations { get; init; } = 1_000;

    /// <summary>The most operations in a bulk request.</summary>
    public int MaxBulkOperations { get; init; } = 1_000;

    /// <summary>The deepest nesting of a body.</summary>
    public int MaxJsonDepth { get; init; } = 32;

    /// <summary>The most elements of one multi-valued attribute.</summary>
    public int MaxElements { get; init; } = 1_000;

    /// <summary>The largest stored form of a resource, in bytes.</summary>
    public int MaxResourceBytes { get; init; } = 1_048_576;

    /// <summary>The page size when none is asked for.</summary>
    public int DefaultPageSize { get; init; } = 100;

    /// <summary>The largest page.</summary>
    public int MaxPageSize { get; init; } = 1_000;

    /// <summary>For how long a cursor can be used.</summary>
    public TimeSpan CursorTimeout { get; init; } = TimeSpan.FromHours(1);
}
