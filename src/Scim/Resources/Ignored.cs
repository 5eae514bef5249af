using System.Collections;

namespace OrleansIdentity.Scim.Resources;

/// <summary>Why parts of an accepted request had no effect, and how many. Holds reasons only, never names or values.</summary>
public sealed class Ignored : IEnumerable<IgnoredReason>
{
    /// <summary>An attribute that no schema knows.</summary>
    public const string UnknownAttribute = "unknown-attribute";

    /// <summary>An attribute that only the server sets.</summary>
    public const string ReadOnly = "read-only";

    /// <summary>A password.</summary>
    public const string WriteOnlyDiscarded = "write-only-discarded";

    /// <summary>A member that is no user of the tenant, where the tenant wants such left out.</summary>
    public const string UnknownMember = "unknown-member";

    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Nothing was ignored.</summary>
    public static Ignored None { get; } = new();

    /// <inheritdoc/>
    public IEnumerator<IgnoredReason> GetEnumerator() => _counts.Select(pair => new IgnoredReason(pair.Key, pair.Value)).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Counts one more.</summary>
    internal void Add(string reason) => _counts[reason] = _counts.GetValueOrDefault(reason) + 1;
}

/// <summary>A reason, and how many parts of the request it is the reason for.</summary>
/// <param name="Reason">In kebab case, one of the constants of <see cref="Ignored"/>.</param>
/// <param name="Count">How many.</param>
public readonly record struct IgnoredReason(string Reason, int Count);
