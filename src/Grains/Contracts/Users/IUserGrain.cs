namespace OrleansIdentity.Grains.Contracts.Users;

/// <summary>
/// The only writer of one user; key <c>tenant|id</c>. Each call that changes something is one durable commit with one event before it is answered.
/// Commands are idempotent in effect: one that was sent again after an unknown outcome changes nothing more.
/// </summary>
[Alias("IUserGrain")]
public interface IUserGrain : IGrainWithStringKey
{
    /// <summary>Creates the user.</summary>
    [Alias("Create")]
    Task<ResourceReply> CreateAsync(CreateUser command);

    /// <summary>Reads the user as last committed.</summary>
    [Alias("Read")]
    Task<ResourceReply> ReadAsync();

    /// <summary>Replaces the user's attributes (RFC 7644 §3.5.1).</summary>
    [Alias("Replace")]
    Task<ResourceReply> ReplaceAsync(ReplaceUser command);

    /// <summary>Applies a PATCH request (RFC 7644 §3.5.2).</summary>
    [Alias("Patch")]
    Task<ResourceReply> PatchAsync(PatchUser command);

    /// <summary>Deletes the user (RFC 7644 §3.6).</summary>
    [Alias("Delete")]
    Task<ResourceReply> DeleteAsync(DeleteUser command);
}
