using OrleansIdentity.Saml.Parties;

namespace OrleansIdentity.Saml.Responses;

/// <summary>What a response is held against.</summary>
internal sealed record Expectations(SamlServiceProvider Sp, SamlIdentityProvider Idp, PendingRequest? Request, DateTimeOffset Now)
{
    private TimeSpan Skew => Idp.Policy.ClockSkew;

    /// <summary>Whether something that ends at this moment is over, by any clock that is right within the skew.</summary>
    public bool IsOver(DateTimeOffset notOnOrAfter) => notOnOrAfter <= Now - Skew;

    /// <summary>Whether the moment is ahead, by any clock that is right within the skew.</summary>
    public bool IsAhead(DateTimeOffset notBefore) => notBefore > Now + Skew;

    /// <summary>Whether the moment lies before the other one, by any clock that is right within the skew.</summary>
    public bool IsBefore(DateTimeOffset instant, DateTimeOffset other) => instant < other - Skew;

    /// <summary>From when on <see cref="IsOver"/> is true.</summary>
    public DateTimeOffset OverFrom(DateTimeOffset notOnOrAfter) => notOnOrAfter > DateTimeOffset.MaxValue - Skew ? DateTimeOffset.MaxValue : notOnOrAfter + Skew;
}
