using OrleansIdentity.Api.Sessions;
using OrleansIdentity.Api.TenantApi;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Directory;
using OrleansIdentity.Grains.Contracts.SignIn;
using OrleansIdentity.Grains.Contracts.Users;

namespace OrleansIdentity.Api.SignIn.SignOn;

/// <summary>Signs in whom the tenant's identity provider vouches for. It never makes an account. Every refusal is in the tenant's log, with its reason.</summary>
internal sealed class SignOnDoor(GrainsOf<IUserGrain> users, GrainsOf<IDirectoryGrain> directories, GrainsOf<ISignInLogGrain> logs, TimeProvider time)
{
    /// <summary>Finds the account and begins a session. The refusal's id is one that <see cref="SignOnRefusals"/> has a page for.</summary>
    public async Task<SignInOutcome> BeginAsync(TenantCall call, SignInPlace place, SignOnIdentity identity)
    {
        var match = await directories.Get(call.Tenant).FindSignOnAsync(identity.OktaId, identity.Email, call.Deadline);
        if (match.UserId is not { } userId)
        {
            return await RefuseAsync(call, place, identity.Method, match.Reason!, null);
        }

        if (call.SignIn.RequireMultiFactor && !identity.IsMultiFactor)
        {
            return await RefuseAsync(call, place, identity.Method, SignInReasons.MultiFactorRequired, userId);
        }

        var sessionId = SessionTicket.NewId();
        var command = new Grains.Contracts.Users.SignOn(
            call.Origin(userId), call.AnswerBy, sessionId, identity.Method, identity.Factors, place, identity.OktaId, identity.Email)
        {
            ProviderSessionId = identity.ProviderSessionId,
        };
        var reply = await users.Get(GrainKeys.Resource(call.Tenant, userId)).SignOnAsync(command).WaitAsync(call.Deadline);
        return reply.Refusal switch
        {
            null => new SignInOutcome(new SessionTicket(call.Tenant, userId, sessionId, reply.Epoch, time.GetUtcNow()), null),
            { Status: >= 500 } unavailable => new SignInOutcome(null, unavailable),
            { } refusal => await RefuseAsync(call, place, identity.Method, refusal.Id, userId),
        };
    }

    /// <summary>Records that a sign-in failed, and says what the person is told.</summary>
    /// <param name="call">The call.</param>
    /// <param name="place">Where from.</param>
    /// <param name="method">One of <see cref="SignInMethods"/>.</param>
    /// <param name="reason">Why: the id of the refusal.</param>
    /// <param name="userId">Whose account it was; null when that is not known.</param>
    /// <param name="detail">What an admin does about it, for the log; null when the reason says it all.</param>
    public async Task<SignInOutcome> RefuseAsync(TenantCall call, SignInPlace place, string method, string reason, string? userId = null, string? detail = null)
    {
        await logs.Get(call.Tenant).RecordFailureAsync(new FailedSignIn(userId, method, reason, place, call.CorrelationId) { Detail = detail }).WaitAsync(call.Deadline);
        return new SignInOutcome(null, SignOnRefusals.Of(reason));
    }
}
