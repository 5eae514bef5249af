using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using OrleansIdentity.Api.Sessions;
using OrleansIdentity.Api.TenantApi;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Directory;
using OrleansIdentity.Grains.Contracts.SignIn;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Api.SignIn;

/// <summary>What became of a sign-in: a ticket, or a refusal, which may say when to try again.</summary>
internal sealed record SignInOutcome(SessionTicket? Ticket, Refusal? Refusal, TimeSpan? RetryAfter = null);

/// <summary>
/// Signs in with a password. Unknown user, wrong password, no password and deactivated account get one answer after the same work; what it really was
/// is in the tenant's log.
/// </summary>
internal sealed class PasswordDoor(
    GrainsOf<IUserGrain> users,
    GrainsOf<IDirectoryGrain> directories,
    GrainsOf<ISignInThrottleGrain> throttles,
    GrainsOf<ISignInLogGrain> logs,
    Passwords passwords,
    TimeProvider time)
{
    private const int MaxLogin = 512;
    private const int Ipv6PrefixBytes = 8;

    /// <summary>The one answer to everything that is wrong with what was typed.</summary>
    public static readonly Refusal Invalid = new(401, "credentials-invalid", "The user name or the password is wrong, or the account cannot sign in.");

    private static readonly Refusal SsoOnly = new(
        403, "password-sign-in-disabled", "This tenant does not accept passwords. Sign in with single sign-on.");

    private static readonly Refusal Missing = new(400, "credentials-missing", "Send a user name or e-mail address, and a password.");

    /// <summary>Holds a password against an account, and begins a session.</summary>
    public async Task<SignInOutcome> SignInAsync(TenantCall call, SignInPlace place, string? login, string? password)
    {
        if (call.SignIn.SsoOnly)
        {
            await FailAsync(call, place, null, SignInReasons.SsoOnly);
            return new SignInOutcome(null, SsoOnly);
        }

        if (login?.Trim() is not { Length: > 0 and <= MaxLogin } name || password is not { Length: > 0 and <= Passwords.MaxLength })
        {
            return new SignInOutcome(null, Missing);
        }

        var (addresses, accounts) = (throttles.Get(ISignInThrottleGrain.Addresses), throttles.Get(call.Tenant));
        var (network, subject) = (Network(place.Address), Subject(name));
        if ((await addresses.TryBeginAsync(network) ?? await accounts.TryBeginAsync(subject)) is { } wait)
        {
            await FailAsync(call, place, null, SignInReasons.Throttled);
            var seconds = (int)Math.Ceiling(wait.TotalSeconds);
            return new SignInOutcome(
                null, new Refusal(429, "sign-in-throttled", $"Too many attempts. Wait {seconds} seconds, or set a new password by e-mail."), TimeSpan.FromSeconds(seconds));
        }

        // Nobody's id stands in for a user who is not there, so that the same questions are asked.
        var found = await directories.Get(call.Tenant).FindLoginAsync(name, call.Deadline);
        var user = users.Get(GrainKeys.Resource(call.Tenant, found ?? Guid.CreateVersion7(time.GetUtcNow()).ToString()));
        var hash = (await user.ReadVerifierAsync().WaitAsync(call.Deadline)).Hash;
        var result = await passwords.VerifyAsync(hash, password, call.Deadline);
        if (result == PasswordVerificationResult.Failed)
        {
            await FailAsync(call, place, found, found is null ? SignInReasons.UnknownUser : hash is null ? SignInReasons.NoPassword : SignInReasons.WrongPassword);
            return new SignInOutcome(null, Invalid);
        }

        var rehashed = result == PasswordVerificationResult.SuccessRehashNeeded ? await passwords.HashAsync(password, call.Deadline) : null;
        var outcome = await BeginAsync(call, place, found!, hash!, rehashed);
        if (outcome.Ticket is not null)
        {
            await addresses.SucceededAsync(network);
            await accounts.SucceededAsync(subject);
        }

        return outcome;
    }

    /// <summary>Begins a session of a user whose password was right, or was just set.</summary>
    public async Task<SignInOutcome> BeginAsync(TenantCall call, SignInPlace place, string userId, string verifiedHash, string? rehashed)
    {
        var sessionId = SessionTicket.NewId();
        var command = new StartSession(call.Origin(userId), call.AnswerBy, sessionId, SignInMethods.Password, ["pwd"], place)
        {
            VerifiedHash = verifiedHash, Rehashed = rehashed,
        };
        var reply = await users.Get(GrainKeys.Resource(call.Tenant, userId)).StartSessionAsync(command).WaitAsync(call.Deadline);
        if (reply.Refusal is { Status: < 500 } refusal)
        {
            await FailAsync(call, place, userId, refusal.Id);
            return new SignInOutcome(null, Invalid);
        }

        return reply.Refusal is { } unavailable
            ? new SignInOutcome(null, unavailable)
            : new SignInOutcome(new SessionTicket(call.Tenant, userId, sessionId, reply.Epoch, time.GetUtcNow()), null);
    }

    private Task FailAsync(TenantCall call, SignInPlace place, string? userId, string reason) =>
        logs.Get(call.Tenant).RecordFailureAsync(new FailedSignIn(userId, SignInMethods.Password, reason, place, call.CorrelationId)).WaitAsync(call.Deadline);

    // In any letter case it is the same account that is guessed at. A digest: what people type, passwords in the wrong field too, is not kept, in memory either.
    internal static string Subject(string login) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CaseFolding.Fold(login))));

    // Whoever has one IPv6 address has the other 2^64 of its network too.
    internal static string Network(string address)
    {
        if (!IPAddress.TryParse(address, out var ip))
        {
            return address;
        }

        ip = ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip;
        return ip.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexStringLower(ip.GetAddressBytes()[..Ipv6PrefixBytes]) : ip.ToString();
    }
}
