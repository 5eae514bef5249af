namespace OrleansIdentity.OktaSimulator.Conformance;

/// <summary>One normative sentence, and how to find out whether a server does what it says.</summary>
/// <param name="Id">Stable: the row of the requirement table, a dash and a name, such as <c>W1-location</c>.</param>
/// <param name="Section">Where the sentence is, such as <c>7644 §3.3</c>.</param>
/// <param name="Level">How strongly it is put.</param>
/// <param name="Sentence">What it says, in own words.</param>
/// <param name="Needs">What the server must offer for it.</param>
/// <param name="Attributes">The attributes of users that the server's schema must have for it.</param>
/// <param name="RunAsync">Finds out.</param>
internal sealed record Check(
    string Id, string Section, Level Level, string Sentence, Feature Needs, IReadOnlyList<string> Attributes, Func<ScimProbe, Task<Verdict>> RunAsync)
{
    public static Check Must(string id, string section, string sentence, Func<ScimProbe, Task<Verdict>> run, Feature needs = Feature.None,
        params string[] attributes) =>
        new(id, section, Level.Must, sentence, needs, attributes, run);

    public static Check Should(string id, string section, string sentence, Func<ScimProbe, Task<Verdict>> run, Feature needs = Feature.None,
        params string[] attributes) =>
        new(id, section, Level.Should, sentence, needs, attributes, run);

    public static Check May(string id, string section, string sentence, Func<ScimProbe, Task<Verdict>> run, Feature needs = Feature.None,
        params string[] attributes) =>
        new(id, section, Level.May, sentence, needs, attributes, run);
}

/// <summary>The checks about one thing.</summary>
/// <param name="Name">What they are about.</param>
/// <param name="Checks">The checks, in the order in which they run.</param>
internal sealed record CheckArea(string Name, IReadOnlyList<Check> Checks)
{
    /// <summary>The same checks, each of which needs something more.</summary>
    public CheckArea Needing(Feature feature, params string[] attributes) =>
        this with { Checks = [.. Checks.Select(check => check with { Needs = check.Needs | feature, Attributes = [.. check.Attributes, .. attributes] })] };
}
