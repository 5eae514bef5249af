using System.Text.Json;

namespace OrleansIdentity.Api.TenantApi;

/// <summary>Asks for a session.</summary>
/// <param name="Login">A user name or e-mail address.</param>
/// <param name="Password">The password.</param>
public sealed record Credentials(string? Login, string? Password);

/// <summary>A bearer token of a session.</summary>
/// <param name="Token">Send it as <c>Authorization: Bearer</c>.</param>
/// <param name="ExpiresAt">When it expires unless it is renewed (UTC).</param>
/// <param name="SessionId">The session.</param>
/// <param name="UserId">Whose.</param>
public sealed record SessionToken(string Token, DateTimeOffset ExpiresAt, string SessionId, string UserId);

/// <summary>The live sessions of the caller.</summary>
/// <param name="Sessions">Oldest first.</param>
public sealed record SessionPage(OwnSession[] Sessions);

/// <summary>A live session.</summary>
/// <param name="Id">Its id.</param>
/// <param name="StartedAt">When the sign-in was (UTC).</param>
/// <param name="Method">How: <c>password</c>, <c>oidc</c> or <c>saml</c>.</param>
/// <param name="Factors">What was shown, as <c>amr</c> names it (RFC 8176).</param>
/// <param name="Address">From which address.</param>
/// <param name="UserAgent">With which browser.</param>
/// <param name="IsCurrent">Whether it is the one that asks.</param>
public sealed record OwnSession(string Id, DateTimeOffset StartedAt, string Method, string[] Factors, string Address, string UserAgent, bool IsCurrent);

/// <summary>Who the caller is.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Tenant">The tenant.</param>
/// <param name="UserName">The name that one signs in with.</param>
/// <param name="DisplayName">How to call the person; null when nobody said.</param>
/// <param name="Email">The primary e-mail address; null without one.</param>
/// <param name="Role">What the account may do.</param>
/// <param name="Status">Where the account is on its way in or out.</param>
/// <param name="SessionId">The session that asks.</param>
public sealed record Me(string Id, string Tenant, string UserName, string? DisplayName, string? Email, string Role, string Status, string SessionId)
{
    internal static Me From(string tenant, Grains.Contracts.Users.AccountView account, string sessionId)
    {
        using var document = JsonDocument.Parse(account.Document);
        var user = document.RootElement;
        return new Me(
            account.Id, tenant, Text(user, "userName")!, Text(user, "displayName") ?? FullName(user), PrimaryEmail(user), account.Role, account.Status, sessionId);
    }

    private static string? FullName(JsonElement user)
    {
        if (!user.TryGetProperty("name", out var name))
        {
            return null;
        }

        var full = Text(name, "formatted") ?? $"{Text(name, "givenName")} {Text(name, "familyName")}".Trim();
        return full.Length > 0 ? full : null;
    }

    private static string? PrimaryEmail(JsonElement user)
    {
        if (!user.TryGetProperty("emails", out var emails))
        {
            return null;
        }

        var all = emails.EnumerateArray().ToArray();
        var primary = all.Where(email => email.TryGetProperty("primary", out var flag) && flag.GetBoolean()).Concat(all).FirstOrDefault();
        return primary.ValueKind == JsonValueKind.Object ? Text(primary, "value") : null;
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
