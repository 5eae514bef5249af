using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OrleansIdentity.Api.Sessions;

/// <summary>What a cookie or bearer token says. Whether it is still so, the user's grain knows.</summary>
/// <param name="Tenant">The tenant whose session it is; worth nothing at another one.</param>
/// <param name="UserId">Whose.</param>
/// <param name="SessionId">Which.</param>
/// <param name="Epoch">The epoch that it began in.</param>
/// <param name="SeenAt">When it was issued or renewed (UTC): inactivity counts from here.</param>
internal sealed record SessionTicket(string Tenant, string UserId, string SessionId, long Epoch, DateTimeOffset SeenAt)
{
    private const char Separator = '\n';

    /// <summary>An id for a new session.</summary>
    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>What to protect.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"{Tenant}{Separator}{UserId}{Separator}{SessionId}{Separator}{Epoch}{Separator}{SeenAt.UtcTicks}"));

    /// <summary>Reads what was protected.</summary>
    /// <exception cref="FormatException">A program of another version wrote it.</exception>
    public static SessionTicket From(byte[] bytes) => Encoding.UTF8.GetString(bytes).Split(Separator) is [var tenant, var user, var session, var epoch, var seen]
        ? new SessionTicket(
            tenant, user, session, long.Parse(epoch, CultureInfo.InvariantCulture),
            new DateTimeOffset(long.Parse(seen, CultureInfo.InvariantCulture), TimeSpan.Zero))
        : throw new FormatException("Not a session ticket.");
}
