using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Contracts.Users;

/// <summary>Where a sign-in came from, as the door saw it.</summary>
/// <param name="Address">The address of the other end.</param>
/// <param name="UserAgent">What the browser calls itself.</param>
[GenerateSerializer, Immutable, Alias("SignInPlace")]
public sealed record SignInPlace([property: Id(0)] string Address, [property: Id(1)] string UserAgent);

/// <summary>Begins a session: the door has seen what it takes. The same command sent again begins no other.</summary>
/// <param name="Origin">Who asks, through which door.</param>
/// <param name="Deadline">When the caller stops waiting (UTC).</param>
/// <param name="SessionId">The session's id, chosen by the door.</param>
/// <param name="Method">One of <see cref="SignInMethods"/>.</param>
/// <param name="Factors">What was shown, as <c>amr</c> names it.</param>
/// <param name="Place">Where from.</param>
[GenerateSerializer, Immutable, Alias("StartSession")]
public sealed record StartSession(
    EventOrigin Origin, DateTimeOffset Deadline,
    [property: Id(0)] string SessionId, [property: Id(1)] string Method, [property: Id(2)] string[] Factors, [property: Id(3)] SignInPlace Place)
    : AccountCommand(Origin, Deadline)
{
    /// <summary>The hash that the door has held the password against: another one by now, and the sign-in is refused. Null without a password.</summary>
    [Id(4)]
    public string? VerifiedHash { get; init; }

    /// <summary>The same password, hashed at today's cost, when <see cref="VerifiedHash"/> was made at a lower one; else null.</summary>
    [Id(5)]
    public string? Rehashed { get; init; }

    /// <summary>What the identity provider calls the session; null without one.</summary>
    [Id(6)]
    public string? ProviderSessionId { get; init; }
}

/// <summary>Ends one session.</summary>
/// <param name="Origin">Who asks, through which door.</param>
/// <param name="Deadline">When the caller stops waiting (UTC).</param>
/// <param name="SessionId">Which.</param>
[GenerateSerializer, Immutable, Alias("EndSession")]
public sealed record EndSession(EventOrigin Origin, DateTimeOffset Deadline, [property: Id(0)] string SessionId) : AccountCommand(Origin, Deadline);

/// <summary>Ends every session.</summary>
/// <param name="Origin">Who asks, through which door.</param>
/// <param name="Deadline">When the caller stops waiting (UTC).</param>
[GenerateSerializer, Immutable, Alias("EndAllSessions")]
public sealed record EndAllSessions(EventOrigin Origin, DateTimeOffset Deadline) : AccountCommand(Origin, Deadline);

/// <summary>Sets the password. Every session ends.</summary>
/// <param name="Origin">Who asks, through which door.</param>
/// <param name="Deadline">When the caller stops waiting (UTC).</param>
/// <param name="Hash">The password's hash; the password itself ends at the door.</param>
[GenerateSerializer, Immutable, Alias("SetPassword")]
public sealed record SetPassword(EventOrigin Origin, DateTimeOffset Deadline, [property: Id(0)] string Hash) : AccountCommand(Origin, Deadline);

/// <summary>Joins the account to a user of Okta.</summary>
/// <param name="Origin">Who asks, through which door.</param>
/// <param name="Deadline">When the caller stops waiting (UTC).</param>
/// <param name="OktaId">The user's id in Okta.</param>
[GenerateSerializer, Immutable, Alias("LinkOkta")]
public sealed record LinkOkta(EventOrigin Origin, DateTimeOffset Deadline, [property: Id(0)] string OktaId) : AccountCommand(Origin, Deadline);

/// <summary>What became of a sign-in.</summary>
/// <param name="Refusal">Why there is no session; null when there is.</param>
/// <param name="Epoch">The epoch that the session belongs to.</param>
[GenerateSerializer, Immutable, Alias("SessionReply")]
public sealed record SessionReply([property: Id(0)] Refusal? Refusal, [property: Id(1)] long Epoch);

/// <summary>Whether a session is live.</summary>
/// <param name="IsLive">Whether it is; a session that is over and one that never was are the same.</param>
/// <param name="Role">What the account may do, one of <see cref="Roles"/>; empty when the session is not live.</param>
[GenerateSerializer, Immutable, Alias("SessionCheck")]
public sealed record SessionCheck([property: Id(0)] bool IsLive, [property: Id(1)] string Role)
{
    /// <summary>No session.</summary>
    public static SessionCheck Over { get; } = new(false, "");
}

/// <summary>A live session as its owner sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="StartedAt">When (UTC).</param>
/// <param name="Method">One of <see cref="SignInMethods"/>.</param>
/// <param name="Factors">What was shown.</param>
/// <param name="Place">Where from.</param>
[GenerateSerializer, Immutable, Alias("SessionView")]
public sealed record SessionView(
    [property: Id(0)] string Id, [property: Id(1)] DateTimeOffset StartedAt, [property: Id(2)] string Method, [property: Id(3)] string[] Factors, [property: Id(4)] SignInPlace Place);

/// <summary>What the door holds a password against.</summary>
/// <param name="Hash">The hash; null when there is no such account, or it has no password.</param>
[GenerateSerializer, Immutable, Alias("PasswordVerifier")]
public sealed record PasswordVerifier([property: Id(0)] string? Hash);

/// <summary>How somebody signed in. The text is what is stored and what events show.</summary>
public static class SignInMethods
{
    /// <summary>With a password.</summary>
    public const string Password = "password";

    /// <summary>With OpenID Connect.</summary>
    public const string OpenIdConnect = "oidc";

    /// <summary>With SAML 2.0.</summary>
    public const string Saml = "saml";

    /// <summary>No sign-in: Okta ends sessions (Universal Logout).</summary>
    public const string UniversalLogout = "universal-logout";
}
