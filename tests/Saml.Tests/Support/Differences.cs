namespace OrleansIdentity.Saml.Tests.Support;

/// <summary>Every case that we and node-saml 5.1.0 decide differently, and why. The name is a test's, for all its variants, or <c>test/variant</c>.</summary>
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

    public static string Name(string test, string variant) => variant.Length == 0 ? test : $"{test}/{variant}";

    public static bool Contains(IReadOnlyDictionary<string, string> differences, string test, string variant) =>
        differences.ContainsKey(test) || differences.ContainsKey(Name(test, variant));
}
