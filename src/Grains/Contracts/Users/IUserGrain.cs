using OrleansIdentity.Grains.Contracts.Resources;

namespace OrleansIdentity.Grains.Contracts.Users;

/// <summary>The only writer of one user: of what SCIM shows of it, and of its account, which SCIM does not show.</summary>
[Alias("IUserGrain")]
public interface IUserGrain : IResourceGrain
{
    /// <summary>Reads the account as last committed.</summary>
    [Alias("ReadAccount")]
    Task<AccountReply> ReadAccountAsync();

    /// <summary>Gives the account a role. Its sessions end.</summary>
    [Alias("SetRole")]
    Task<AccountReply> SetRoleAsync(SetRole command);
}
