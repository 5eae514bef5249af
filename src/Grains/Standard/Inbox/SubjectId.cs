using System.Security.Cryptography;
using System.Text;

namespace OrleansIdentity.Grains.Standard.Inbox;

/// <summary>The id under which a person's trouble is kept: it tells nothing about the person, and fits into an address.</summary>
internal static class SubjectId
{
    /// <summary>The id.</summary>
    public static string Of(string subject) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(subject)).AsSpan(0, 16));
}
