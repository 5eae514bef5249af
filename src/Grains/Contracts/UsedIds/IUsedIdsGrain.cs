namespace OrleansIdentity.Grains.Contracts.UsedIds;

/// <summary>
/// Remembers which ids that are good once were used at a tenant (assertions, tokens that ask for something); key: its slug. The store is what remembers: a node that dies,
/// or a second activation, forgets nothing.
/// </summary>
[Alias("IUsedIdsGrain")]
public interface IUsedIdsGrain : IGrainWithStringKey
{
    /// <summary>Uses an id: true for the first of all calls, of parallel ones too, and false for every other one.</summary>
    /// <param name="purpose">What it is an id of, such as <c>revocation</c>.</param>
    /// <param name="id">The id, as its issuer wrote it.</param>
    /// <param name="until">From when on (UTC) the caller refuses it anyway. The same id always comes with the same time.</param>
    [Alias("TryUse")]
    Task<bool> TryUseAsync(string purpose, string id, DateTimeOffset until);
}
