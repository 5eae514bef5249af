namespace OrleansIdentity.Grains.Contracts.Standard;

/// <summary>Tells which user a person of Okta is; key: the tenant's slug. Reads keys alone: no user is activated, and no document read.</summary>
[Alias("IJoinGrain")]
public interface IJoinGrain : IGrainWithStringKey
{
    /// <summary>Looks for some people: one answer for each, in their order.</summary>
    [Alias("Find")]
    Task<Joined[]> FindAsync(JoinRequest[] people, CancellationToken cancellationToken);
}

/// <summary>A person to be found.</summary>
/// <param name="OktaId">The Okta id.</param>
/// <param name="UserName">The name that one signs in with; null when it is not known.</param>
/// <param name="Email">The e-mail address; null when it is not known.</param>
/// <param name="Digest">The person's state; null when it is not to be compared.</param>
[GenerateSerializer, Immutable, Alias("JoinRequest")]
public sealed record JoinRequest([property: Id(0)] string OktaId, [property: Id(1)] string? UserName, [property: Id(2)] string? Email, [property: Id(3)] string? Digest);

/// <summary>By what a person of Okta was found to be a user.</summary>
public enum JoinedBy
{
    /// <summary>By nothing: there is no such user.</summary>
    Nothing,

    /// <summary>The user has the very state of the person.</summary>
    State,

    /// <summary>The Okta id.</summary>
    OktaId,

    /// <summary>The e-mail address, or the user name.</summary>
    Email,

    /// <summary>Several users may be meant.</summary>
    Ambiguous,
}

/// <summary>Who a person of Okta is.</summary>
/// <param name="By">By what.</param>
/// <param name="UserId">The user's id; null for nobody, or for several.</param>
[GenerateSerializer, Immutable, Alias("Joined")]
public sealed record Joined([property: Id(0)] JoinedBy By, [property: Id(1)] string? UserId);
