using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Resources;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Grains.Users.Accounts;
using OrleansIdentity.Grains.Users.Passwords;
using OrleansIdentity.Scim.Resources;

namespace OrleansIdentity.Grains.Users.Sessions;

/// <summary>Decides what sign-ins and sign-outs make of an account. Pure.</summary>
internal static class SessionLifecycle
{
    /// <summary>How many sessions an account has at most: one more ends the oldest. With the bounds below they fit <see cref="PutRecord.MaxPrivateBytes"/>.</summary>
    public const int MaxSessions = 32;

    private const int MaxUserAgent = 160;
    private const int MaxAddress = 64;
    private const int MaxProviderSessionId = 200;
    private const int MaxFactors = 8;
    private const int MaxFactor = 24;

    /// <summary>Begins a session.</summary>
    public static ResourceDecision Start(UserRecord user, StartSession command, DateTimeOffset now)
    {
        var account = user.Account;
        if (!user.IsActive)
        {
            return AccountLifecycle.Refuse(403, "account-deactivated", "The account is deactivated. Ask an administrator to reactivate it.");
        }

        if (command.VerifiedHash is { } verified && account.Password?.Hash != verified)
        {
            return AccountLifecycle.Refuse(409, "password-changed", "The password was changed meanwhile. Sign in with the new one.");
        }

        if (command.ProviderSessionId is { Length: > MaxProviderSessionId })
        {
            return AccountLifecycle.Refuse(400, "provider-session-too-long", $"The identity provider's session id is longer than {MaxProviderSessionId} characters.");
        }

        if (account.Find(command.SessionId) is not null)
        {
            return new ResourceDecision.Unchanged([]);
        }

        var session = Make(command.SessionId, command.Method, command.Factors, command.Place, command.ProviderSessionId, now);
        var next = Add(account, session) with { Password = command.Rehashed is { } hash ? account.Password! with { Hash = hash } : account.Password };
        return AccountLifecycle.Change(user, next, EventTypes.SignInSucceeded, now, [.. Describe(session)]);
    }

    /// <summary>A session as it is kept: bounded, whatever a browser or a provider chose to send.</summary>
    public static Session Make(string id, string method, string[] factors, SignInPlace place, string? providerSessionId, DateTimeOffset now) => new(
        id, now, method, [.. factors.Take(MaxFactors).Select(factor => Clean(factor, MaxFactor))], CleanAddress(place.Address), CleanUserAgent(place.UserAgent),
        providerSessionId is { Length: <= MaxProviderSessionId } ? providerSessionId : null);

    /// <summary>The account with one session more; the oldest makes room.</summary>
    public static Account Add(Account account, Session session)
    {
        Session[] sessions = [.. account.Sessions ?? [], session];
        return account with { Sessions = sessions.Length > MaxSessions ? sessions[^MaxSessions..] : sessions };
    }

    /// <summary>What the event of a sign-in says.</summary>
    public static IEnumerable<AttributeChange> Describe(Session session)
    {
        yield return new AttributeChange("signIn.result", null, JsonValue.Create("succeeded"));
        yield return new AttributeChange("signIn.session", null, JsonValue.Create(session.Id));
        yield return new AttributeChange("signIn.method", null, JsonValue.Create(session.Method));
        yield return new AttributeChange("signIn.factors", null, new JsonArray([.. session.Factors.Select(factor => JsonValue.Create(factor))]));
        yield return new AttributeChange("signIn.address", null, JsonValue.Create(session.Address));
        yield return new AttributeChange("signIn.userAgent", null, JsonValue.Create(session.UserAgent));
    }

    /// <summary>Ends one session.</summary>
    public static ResourceDecision End(UserRecord user, EndSession command, DateTimeOffset now)
    {
        if (user.Account.Find(command.SessionId) is not { } ended)
        {
            return new ResourceDecision.Unchanged([]);
        }

        var left = Array.FindAll(user.Account.Sessions!, session => session != ended);
        var next = user.Account with { Sessions = left.Length == 0 ? null : left, SessionsEndedAt = now };
        return AccountLifecycle.Change(user, next, EventTypes.SessionEnded, now, new AttributeChange("session.id", JsonValue.Create(ended.Id), null));
    }

    /// <summary>Ends every session.</summary>
    public static ResourceDecision EndAll(UserRecord user, DateTimeOffset now) => user.Account.Sessions is not { } sessions
        ? new ResourceDecision.Unchanged([])
        : AccountLifecycle.Change(user, user.Account.EndSessions(now), EventTypes.SessionsEnded, now, new AttributeChange("sessions", JsonValue.Create(sessions.Length), null));

    /// <summary>Sets the password.</summary>
    public static ResourceDecision SetPassword(UserRecord user, SetPassword command, DateTimeOffset now)
    {
        if (!user.IsActive)
        {
            return AccountLifecycle.Refuse(403, "account-deactivated", "The account is deactivated. Ask an administrator to reactivate it.");
        }

        // Sent again after an unknown outcome, it meets itself: a hash has a salt of its own.
        return user.Account.Password?.Hash == command.Hash
            ? new ResourceDecision.Unchanged([])
            : AccountLifecycle.Change(
                user, user.Account.EndSessions(now) with { Password = new StoredPassword(command.Hash, now) }, EventTypes.UserPasswordChanged, now);
    }

    /// <summary>An address as it is kept.</summary>
    public static string CleanAddress(string address) => Clean(address, MaxAddress);

    /// <summary>What a browser calls itself, as it is kept.</summary>
    public static string CleanUserAgent(string userAgent) => Clean(userAgent, MaxUserAgent);

    // What a stranger chose, as one short line of printable ASCII.
    private static string Clean(string text, int max) =>
        string.Concat(text.Take(max).Select(sign => sign is >= ' ' and <= '~' and not '"' and not '\\' ? sign : '?'));
}
