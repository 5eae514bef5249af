using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Contracts.Users;

/// <summary>
/// Begins a session of somebody whom the tenant's identity provider has vouched for: the door has verified all that. On a first match by e-mail the account is
/// linked, and an invitation that is out is accepted, in the same commit. The same command sent again begins no other session.
/// </summary>
/// <param name="Origin">Who asks, through which door.</param>
/// <param name="Deadline">When the caller stops waiting (UTC).</param>
/// <param name="SessionId">The session's id, chosen by the door.</param>
/// <param name="Method">One of <see cref="SignInMethods"/>.</param>
/// <param name="Factors">What was shown, as <c>amr</c> names it.</param>
/// <param name="Place">Where from.</param>
/// <param name="OktaId">The person's id in Okta; null when the provider does not tell.</param>
/// <param name="Email">The person's e-mail address; null when the provider does not tell.</param>
[GenerateSerializer, Immutable, Alias("SignOn")]
public sealed record SignOn(
    EventOrigin Origin, DateTimeOffset Deadline,
    [property: Id(0)] string SessionId, [property: Id(1)] string Method, [property: Id(2)] string[] Factors, [property: Id(3)] SignInPlace Place,
    [property: Id(4)] string? OktaId, [property: Id(5)] string? Email)
    : AccountCommand(Origin, Deadline)
{
    /// <summary>What the identity provider calls the session; null without one.</summary>
    [Id(6)]
    public string? ProviderSessionId { get; init; }
}

/// <summary>Takes the link to a user of Okta away. Sessions that it has led to end.</summary>
/// <param name="Origin">Who asks, through which door.</param>
/// <param name="Deadline">When the caller stops waiting (UTC).</param>
[GenerateSerializer, Immutable, Alias("UnlinkOkta")]
public sealed record UnlinkOkta(EventOrigin Origin, DateTimeOffset Deadline) : AccountCommand(Origin, Deadline);

/// <summary>Whose account it is that an identity provider vouches for.</summary>
/// <param name="UserId">The user; null when nobody's.</param>
/// <param name="Reason">Why nobody's, one of <c>SignInReasons</c>; null with a user.</param>
[GenerateSerializer, Immutable, Alias("SignOnMatch")]
public sealed record SignOnMatch([property: Id(0)] string? UserId, [property: Id(1)] string? Reason);
