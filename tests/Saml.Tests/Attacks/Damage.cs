using System.Text;
using System.Xml;

namespace OrleansIdentity.Saml.Tests.Attacks;

/// <summary>Ways in which a response is damaged at random.</summary>
internal static class Damage
{
    private static readonly string[] Fragments =
    [
        "<!-- -->", "<?x?>", "<![CDATA[x]]>", "&#x41;", "&amp;", "<x/>", " ", "\n", "\"", "'", "<", ">", "</", "/>", "&", ";", "xmlns=\"\"", "xmlns:saml=\"urn:x\"",
        "ID=\"_assertion\"", "Id=\"_assertion\"", "owner@example.com", "_assertion", "_response", "\u0000", "\u202E", "<saml:NameID>owner@example.com</saml:NameID>",
    ];

    private static readonly string[] Values = ["", "_assertion", "_response", "#_response", "#", "owner@example.com", "urn:x", "2.0", "http://www.w3.org/2001/10/xml-exc-c14n#WithComments"];

    /// <summary>One to three changes of bytes.</summary>
    public static byte[] Bytes(Random random, byte[] bytes)
    {
        var result = bytes.ToList();
        for (var change = random.Next(3); change >= 0; change--)
        {
            var at = random.Next(result.Count);
            var length = Math.Min(random.Next(1, 40), result.Count - at);
            switch (random.Next(5))
            {
                case 0:
                    result[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    result.RemoveRange(at, length);
                    break;
                case 2:
                    result.InsertRange(random.Next(result.Count), result.GetRange(at, length));
                    break;
                case 3:
                    result.InsertRange(at, Encoding.UTF8.GetBytes(Fragments[random.Next(Fragments.Length)]));
                    break;
                default:
                    result[at] = (byte)random.Next(256);
                    break;
            }
        }

        return [.. result];
    }

    /// <summary>One to three changes of the tree.</summary>
    public static void Tree(Random random, XmlDocument document)
    {
        for (var change = random.Next(3); change >= 0; change--)
        {
            var elements = document.DocumentElement!.SelectNodes("//*")!.Cast<XmlElement>().ToList();
            var (one, other) = (elements[random.Next(elements.Count)], elements[random.Next(elements.Count)]);
            switch (random.Next(7))
            {
                case 0 when one != document.DocumentElement:
                    one.ParentNode!.RemoveChild(one);
                    break;
                case 1:
                    other.InsertBefore(one.CloneNode(deep: true), other.FirstChild);
                    break;
                case 2 when other != document.DocumentElement:
                    other.ParentNode!.InsertAfter(one.CloneNode(deep: true), other);
                    break;
                case 3 when one.Attributes.Count > 0:
                    var attribute = one.Attributes[random.Next(one.Attributes.Count)];
                    if (!attribute.Name.StartsWith("xmlns", StringComparison.Ordinal))
                    {
                        attribute.Value = Values[random.Next(Values.Length)];
                    }

                    break;
                case 4:
                    one.SetAttribute(random.Next(2) == 0 ? "ID" : "Format", Values[random.Next(Values.Length)]);
                    break;
                case 5:
                    one.AppendChild(document.CreateTextNode(Values[random.Next(Values.Length)]));
                    break;
                default:
                    one.InsertBefore(random.Next(2) == 0 ? document.CreateComment("x") : document.CreateSignificantWhitespace(" "), one.FirstChild);
                    break;
            }
        }
    }
}
