using Orleans.Concurrency;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Contracts.Applications;

/// <summary>One application of the host product, which may ask whether tokens are live; key: its client id.</summary>
[Alias("IApplicationGrain")]
public interface IApplicationGrain : IGrainWithStringKey
{
    /// <summary>Creates it. Null when it is there now.</summary>
    [Alias("Create")]
    Task<Refusal?> CreateAsync(CreateApplication command);

    /// <summary>Whether this is its secret. False too when there is no such application.</summary>
    /// <param name="secretHash">SHA-256 of the secret, 32 bytes.</param>
    [Alias("Authenticate"), AlwaysInterleave]
    Task<bool> AuthenticateAsync(byte[] secretHash);

    /// <summary>Deletes it: its secret is worth nothing from then on. Null when it is gone now.</summary>
    [Alias("Delete")]
    Task<Refusal?> DeleteAsync(EventOrigin origin);
}

/// <summary>Creates an application.</summary>
/// <param name="Name">What the operator calls it.</param>
/// <param name="SecretHash">SHA-256 of its secret, 32 bytes. The secret itself never gets here.</param>
/// <param name="Origin">Who asks.</param>
[GenerateSerializer, Immutable, Alias("CreateApplication")]
public sealed record CreateApplication([property: Id(0)] string Name, [property: Id(1)] byte[] SecretHash, [property: Id(2)] EventOrigin Origin);

/// <summary>An application as operators see it.</summary>
/// <param name="ClientId">Its client id.</param>
/// <param name="Name">What the operator called it.</param>
/// <param name="CreatedAt">When it was created (UTC).</param>
[GenerateSerializer, Immutable, Alias("ApplicationView")]
public sealed record ApplicationView([property: Id(0)] string ClientId, [property: Id(1)] string Name, [property: Id(2)] DateTimeOffset CreatedAt);
