using System.Xml;

namespace OrleansIdentity.Saml.Xml;

/// <summary>A child that an element may have, and how often.</summary>
internal readonly record struct Content(string Name, string Namespace, int Min, int Max)
{
    public static Content One(string name, string ns) => new(name, ns, 1, 1);

    public static Content Optional(string name, string ns) => new(name, ns, 0, 1);

    public static Content Any(string name, string ns) => new(name, ns, 0, int.MaxValue);

    /// <summary>What is wrong with the children of an element that may have these and no others, nor text; null if nothing is.</summary>
    public static string? Fault(XmlElement parent, params ReadOnlySpan<Content> allowed)
    {
        Span<int> counts = stackalloc int[allowed.Length];
        foreach (XmlNode node in parent.ChildNodes)
        {
            if (node is XmlWhitespace or XmlSignificantWhitespace)
            {
                continue;
            }

            var known = node is XmlElement child ? IndexOf(allowed, child) : -1;
            if (known < 0)
            {
                return $"'{parent.LocalName}' contains something that it must not";
            }

            counts[known]++;
        }

        for (var index = 0; index < allowed.Length; index++)
        {
            if (counts[index] < allowed[index].Min || counts[index] > allowed[index].Max)
            {
                return $"'{parent.LocalName}' has {(counts[index] == 0 ? "no" : "more than one")} '{allowed[index].Name}'";
            }
        }

        return null;
    }

    private static int IndexOf(ReadOnlySpan<Content> allowed, XmlElement child)
    {
        for (var index = 0; index < allowed.Length; index++)
        {
            if (child.Is(allowed[index].Name, allowed[index].Namespace))
            {
                return index;
            }
        }

        return -1;
    }
}
