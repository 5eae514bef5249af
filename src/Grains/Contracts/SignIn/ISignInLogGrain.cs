using OrleansIdentity.Grains.Contracts.Users;

namespace OrleansIdentity.Grains.Contracts.SignIn;

/// <summary>Records sign-ins that failed in the tenant's log; key: its slug. Who fails without end gets a line a minute, and cannot fill the store.</summary>
[Alias("ISignInLogGrain")]
public interface ISignInLogGrain : IGrainWithStringKey
{
    /// <summary>Records a failure: durable when it is answered, unless there were so many lately that only their number is kept.</summary>
    [Alias("RecordFailure")]
    Task RecordFailureAsync(FailedSignIn failure);
}

/// <summary>A sign-in that failed. What was typed is not kept: people type passwords into the wrong field.</summary>
/// <param name="UserId">Whose account it was; null when there is none.</param>
/// <param name="Method">One of <see cref="SignInMethods"/>.</param>
/// <param name="Reason">Why, one of <see cref="SignInReasons"/>.</param>
/// <param name="Place">Where from.</param>
/// <param name="CorrelationId">The request.</param>
[GenerateSerializer, Immutable, Alias("FailedSignIn")]
public sealed record FailedSignIn(
    [property: Id(0)] string? UserId, [property: Id(1)] string Method, [property: Id(2)] string Reason, [property: Id(3)] SignInPlace Place, [property: Id(4)] string CorrelationId)
{
    /// <summary>What an admin does about it; null when the reason says it all. What it repeats of a message is short and harmless.</summary>
    [Id(5)]
    public string? Detail { get; init; }
}

/// <summary>Why a sign-in failed. The text is what events show; the person who fails is not told.</summary>
public static class SignInReasons
{
    /// <summary>Nobody has this user name or e-mail address.</summary>
    public const string UnknownUser = "unknown-user";

    /// <summary>The account has no password.</summary>
    public const string NoPassword = "no-password";

    /// <summary>The password is wrong.</summary>
    public const string WrongPassword = "wrong-password";

    /// <summary>Too many attempts; the password was not looked at.</summary>
    public const string Throttled = "throttled";

    /// <summary>The tenant has turned sign-in by password off.</summary>
    public const string SsoOnly = "sso-only";

    /// <summary>Two accounts belong to this user of Okta: one by provisioning, another by a link.</summary>
    public const string OktaIdAmbiguous = "okta-id-ambiguous";

    /// <summary>Several accounts have this e-mail address, and none is linked.</summary>
    public const string EmailAmbiguous = "email-ambiguous";

    /// <summary>The account is linked to another user of Okta.</summary>
    public const string LinkedToAnother = "linked-to-another";

    /// <summary>The account is linked to a user of Okta, and the identity provider did not say which one it vouches for.</summary>
    public const string OktaIdMissing = "okta-id-missing";

    /// <summary>An owner's or admin's account is not linked by e-mail.</summary>
    public const string LinkByHand = "link-by-hand";

    /// <summary>The account has not been invited.</summary>
    public const string NotInvited = "not-invited";

    /// <summary>The tenant demands more than one factor, and the identity provider does not say that there were.</summary>
    public const string MultiFactorRequired = "multi-factor-required";
}
