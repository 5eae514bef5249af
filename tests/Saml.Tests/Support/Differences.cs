namespace OrleansIdentity.Saml.Tests.Support;

/// <summary>Every case that we and node-saml 5.1.0 decide differently, and why.</summary>
internal static class Differences
{
    /// <summary>Refused here, accepted there.</summary>
    public static IReadOnlyDictionary<string, string> Stricter { get; } = new Dictionary<string, string>
    {
    };

    /// <summary>Accepted here, refused there.</summary>
    public static IReadOnlyDictionary<string, string> Laxer { get; } = new Dictionary<string, string>
    {
    };
}
