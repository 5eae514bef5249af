namespace OrleansIdentity.Grains.Contracts.SignIn;

/// <summary>Slows down who guesses; key: a tenant's slug, for its accounts, or <see cref="Addresses"/>. In memory alone: a node that dies forgets, and nothing else is lost.</summary>
[Alias("ISignInThrottleGrain")]
public interface ISignInThrottleGrain : IGrainWithStringKey
{
    /// <summary>The key of the grain for the addresses of all tenants. A slug has no dot, so no tenant can have this name.</summary>
    const string Addresses = ".addresses";

    /// <summary>Counts an attempt before it is made, so that parallel ones count too. Null when it may be made, else how long to wait.</summary>
    /// <param name="subject">What is typed as login, whether or not there is such an account; or the address.</param>
    [Alias("TryBegin")]
    Task<TimeSpan?> TryBeginAsync(string subject);

    /// <summary>The attempt was right: an account's failures are forgotten, an address gets its attempt back.</summary>
    /// <param name="subject">As before.</param>
    [Alias("Succeeded")]
    Task SucceededAsync(string subject);
}
