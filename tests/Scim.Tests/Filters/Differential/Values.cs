namespace OrleansIdentity.Scim.Tests.Filters.Differential;

/// <summary>Few values of each kind, as JSON text, so that filters often name one that is there, spelled in another way.</summary>
internal static class Values
{
    public static IReadOnlyList<string> Of(Kind kind) => kind switch
    {
        Kind.Text or Kind.ExactText =>
        [
            "\"ann\"", "\"ANN\"", "\"an\"", "\"bob\"", "\"Bo\"", "\"n\"", "\"\u00e9\"", "\"E\u0301\"", "\"\\u00c9\"", "\"a b\"", "\"o'n\\\"\"",
        ],
        Kind.Number => ["0", "-1", "1", "1.0", "10", "1e1", "0.5", "5e-1", "9007199254740993"],
        Kind.Flag => ["true", "false"],
        _ =>
        [
            "\"2026-01-01T00:00:00Z\"",
            "\"2026-01-01T01:00:00+01:00\"",
            "\"2026-01-01T00:00:00.5Z\"", "\"2026-01-01T00:00:00.500\"", "\"2025-12-31T19:00:01-05:00\"",
        ],
    };
}
