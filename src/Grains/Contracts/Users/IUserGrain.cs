using OrleansIdentity.Grains.Contracts.Resources;

namespace OrleansIdentity.Grains.Contracts.Users;

/// <summary>The only writer of one user.</summary>
[Alias("IUserGrain")]
public interface IUserGrain : IResourceGrain;
