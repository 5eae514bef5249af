using Orleans.Concurrency;

namespace OrleansIdentity.Grains.Contracts.SignIn;

/// <summary>Remembers what may be used once, such as the id of an assertion, on every node and after a restart; key: the tenant's slug.</summary>
[Alias("IUsedOnceGrain")]
public interface IUsedOnceGrain : IGrainWithStringKey
{
    /// <summary>The purpose of the ids of SAML assertions.</summary>
    const string SamlAssertion = "saml-assertion";

    /// <summary>Uses something up. Durable when it is answered: of parallel uses one is the first.</summary>
    /// <param name="purpose">What kind of thing it is: the same id for another purpose is another thing.</param>
    /// <param name="id">Its id, of any length, whoever has chosen it.</param>
    /// <param name="until">From when on (UTC) it is worth nothing anyway, and need not be remembered. Always the same for the same thing.</param>
    /// <returns>Whether this was the first use.</returns>
    [Alias("TryUse"), AlwaysInterleave]
    Task<bool> TryUseAsync(string purpose, string id, DateTimeOffset until);
}
