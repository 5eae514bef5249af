using System.Reflection;
using System.Text.RegularExpressions;
using OrleansIdentity.Saml.Refusals;
using OrleansIdentity.Tests.Shared;

namespace OrleansIdentity.Saml.Tests.Documentation;

/// <summary>docs/saml.md names the refusals that there are, and no others.</summary>
public sealed class RefusalDocumentationTests
{
    [Fact]
    public void Refusals_AllOfThem_AreDocumented()
    {
        var ids = new[] { typeof(SamlRefusals), typeof(SetupRefusals) }
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .Where(method => method.ReturnType == typeof(SamlRefusal))
            .Select(method => ((SamlRefusal)method.Invoke(null, [.. method.GetParameters().Select(Any)])!).Id)
            .Order();
        var documented = Regex.Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "saml.md")), "`(saml-[a-z-]+)`").Select(match => match.Groups[1].Value).Distinct().Order();

        Assert.Equal(ids, documented);
    }

    // What somebody else wrote is repeated harmlessly.
    [Theory]
    [InlineData(null, "(none)")]
    [InlineData("urn:x", "'urn:x'")]
    [InlineData("<script>'\"&`\\", "'?script??????'")]
    [InlineData("a\r\n\u001b[31m\u202E b é", "'a???[31m??b??'")]
    public void Quoted_AnyText_IsHarmless(string? text, string expected) => Assert.Equal(expected, SamlRefusals.Quoted(text));

    [Fact]
    public void Quoted_LongText_IsShortened() => Assert.Equal($"'{new string('x', 100)}…'", SamlRefusals.Quoted(new string('x', 101)));

    private static object? Any(ParameterInfo parameter) => parameter.ParameterType == typeof(string)
        ? "x"
        : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null;
}
