using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Schemas;
using static OrleansIdentity.Grains.Profiles.AttributeAccess;

namespace OrleansIdentity.Grains.Profiles;

/// <summary>A team is a department: whoever has the same one, in whatever letter case and spacing, is in the same team.</summary>
public static class TeamName
{
    // The first bits of a UUID of version 8 (RFC 9562 §5.8) are whatever its maker wants: here, a digest.
    private const byte Version = 0x80;
    private const byte Variant = 0x80;

    /// <summary>The name of the team of a user with these attributes; null when it is in none.</summary>
    public static string? Of(JsonObject? attributes) =>
        Text((attributes?[SchemaUrns.EnterpriseUser] as JsonObject)?["department"]) is { } department ? WhiteSpace.Collapse(department) : null;

    /// <summary>The key that all users of a team hold, of one length for names of any.</summary>
    public static IndexKey Key(string name) => new("team", Convert.ToHexStringLower(Digest(CaseFolding.Fold(name))), Unique: false);

    /// <summary>The team's id: the same whoever finds it, another one in every tenant.</summary>
    public static string Id(string tenant, string name)
    {
        var bytes = Digest($"{tenant}\n{CaseFolding.Fold(name)}")[..16];
        bytes[6] = (byte)((bytes[6] & 0x0f) | Version);
        bytes[8] = (byte)((bytes[8] & 0x3f) | Variant);
        return new Guid(bytes, bigEndian: true).ToString();
    }

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
