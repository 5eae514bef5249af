using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace OrleansIdentity.Api.Sessions;

/// <summary>Writes and reads tickets. A cookie is no bearer token, and the other way round: each is protected for its own purpose.</summary>
internal sealed class SessionTickets(IDataProtectionProvider protection)
{
    // A fixed beginning lets scanners find a token that leaked into a repository or a log.
    private const string BearerPrefix = "oidses_";
    private const int MaxLength = 2_048;

    private readonly IDataProtector _cookies = protection.CreateProtector("OrleansIdentity.Session", "cookie");
    private readonly IDataProtector _bearers = protection.CreateProtector("OrleansIdentity.Session", "bearer");

    /// <summary>A ticket as a cookie's value.</summary>
    public string WriteCookie(SessionTicket ticket) => Base64Url.EncodeToString(_cookies.Protect(ticket.ToBytes()));

    /// <summary>A ticket as a bearer token.</summary>
    public string WriteBearer(SessionTicket ticket) => BearerPrefix + Base64Url.EncodeToString(_bearers.Protect(ticket.ToBytes()));

    /// <summary>The ticket of a cookie's value; null when it is forged, damaged, or was never one.</summary>
    public SessionTicket? ReadCookie(string? text) => Read(_cookies, text);

    /// <summary>The ticket of a bearer token; null when it is forged, damaged, or was never one.</summary>
    public SessionTicket? ReadBearer(string? text) =>
        text?.StartsWith(BearerPrefix, StringComparison.Ordinal) == true ? Read(_bearers, text[BearerPrefix.Length..]) : null;

    private static SessionTicket? Read(IDataProtector protector, string? text)
    {
        if (text is not { Length: > 0 and <= MaxLength })
        {
            return null;
        }

        try
        {
            return SessionTicket.From(protector.Unprotect(Base64Url.DecodeFromChars(text)));
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or OverflowException)
        {
            return null;
        }
    }
}
