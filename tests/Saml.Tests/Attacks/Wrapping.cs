using System.Xml;
using OrleansIdentity.Saml.Tests.Support;

namespace OrleansIdentity.Saml.Tests.Attacks;

/// <summary>Signature wrapping: the signed element is kept somewhere, and a forged one stands where it is read. The numbers are those of the literature.</summary>
internal static class Wrapping
{
    public const string Forged = "owner@example.com";

    /// <summary>Applies an attack to a response whose response (1, 2) or assertion (3 to 8) is signed.</summary>
    /// <param name="number">The attack.</param>
    /// <param name="xml">The genuine response.</param>
    /// <param name="forgedId">The ID of the forged element.</param>
    public static string Apply(int number, string xml, string forgedId = "_forged") => Doc.Edit(xml, document =>
    {
        var root = document.DocumentElement!;
        if (number <= 2)
        {
            WrapResponse(number, document, root, forgedId);
        }
        else
        {
            WrapAssertion(number, document, root, forgedId);
        }
    });

    private static void WrapResponse(int number, XmlDocument document, XmlElement root, string forgedId)
    {
        var forged = Forge(root, forgedId);
        var original = Without(root, "Signature");
        var signature = Doc.Find(forged, "Signature");
        if (number == 1)
        {
            signature.AppendChild(original);
        }
        else
        {
            forged.InsertBefore(original, signature);
        }

        document.ReplaceChild(forged, root);
    }

    private static void WrapAssertion(int number, XmlDocument document, XmlElement root, string forgedId)
    {
        var signed = Doc.Find(root, "Assertion");
        var original = Without(signed, "Signature");
        var forged = Forge(signed, forgedId);
        var signature = Doc.Find(forged, "Signature");
        if (number is 3 or 4 or 7)
        {
            forged.RemoveChild(signature);
        }

        switch (number)
        {
            case 3:
                root.InsertBefore(forged, signed);
                break;
            case 4:
                root.ReplaceChild(forged, signed);
                forged.AppendChild(signed);
                break;
            case 5:
                root.ReplaceChild(forged, signed);
                root.AppendChild(original);
                break;
            case 6:
                root.ReplaceChild(forged, signed);
                signature.AppendChild(original);
                break;
            case 7:
                var extensions = document.CreateElement("samlp", "Extensions", SamlNames.Protocol);
                extensions.AppendChild(forged);
                root.InsertBefore(extensions, signed);
                break;
            default:
                var wrapper = document.CreateElement("ds", "Object", SamlNames.Signature);
                wrapper.AppendChild(original);
                signature.AppendChild(wrapper);
                root.ReplaceChild(forged, signed);
                break;
        }
    }

    private static XmlElement Forge(XmlElement element, string id)
    {
        var forged = (XmlElement)element.CloneNode(deep: true);
        forged.SetAttribute("ID", id);
        Doc.Find(forged, "NameID").InnerText = Forged;
        return forged;
    }

    private static XmlElement Without(XmlElement element, string child)
    {
        var copy = (XmlElement)element.CloneNode(deep: true);
        copy.RemoveChild(Doc.Find(copy, child));
        return copy;
    }
}
