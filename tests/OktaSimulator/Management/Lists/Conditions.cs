using System.Text.RegularExpressions;

namespace OrleansIdentity.OktaSimulator.Management.Lists;

/// <summary>One <c>attribute eq "value"</c>.</summary>
internal sealed record Condition(string Attribute, string Value);

/// <summary>Reads the part of Okta's expressions that is played here.</summary>
internal static partial class Conditions
{
    /// <summary>Reads conditions that are all joined the same way; null when it is anything else.</summary>
    public static IReadOnlyList<Condition>? Read(string text, string joinedBy = "and")
    {
        if (text.Length == 0)
        {
            return [];
        }

        var parts = text.Split($" {joinedBy} ").Select(part => Pattern().Match(part.Trim())).ToArray();
        return parts.All(part => part.Success) ? [.. parts.Select(part => new Condition(part.Groups[1].Value, part.Groups[2].Value))] : null;
    }

    [GeneratedRegex("^([A-Za-z.]+) eq \"([^\"]*)\"$")]
    private static partial Regex Pattern();
}
