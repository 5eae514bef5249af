namespace OrleansIdentity.Grains.Contracts.Resources;

/// <summary>
/// The only writer of one resource; key <c>tenant|id</c>. Each call that changes something is one durable commit with one event before it is answered.
/// Commands are idempotent in effect: one that was sent again after an unknown outcome changes nothing more.
/// </summary>
[Alias("IResourceGrain")]
public interface IResourceGrain : IGrainWithStringKey
{
    /// <summary>Creates the resource.</summary>
    [Alias("Create")]
    Task<ResourceReply> CreateAsync(CreateResource command);

    /// <summary>Reads the resource as last committed.</summary>
    [Alias("Read")]
    Task<ResourceReply> ReadAsync();

    /// <summary>Replaces the resource's attributes (RFC 7644 §3.5.1).</summary>
    [Alias("Replace")]
    Task<ResourceReply> ReplaceAsync(ReplaceResource command);

    /// <summary>Applies a PATCH request (RFC 7644 §3.5.2).</summary>
    [Alias("Patch")]
    Task<ResourceReply> PatchAsync(PatchResource command);

    /// <summary>Deletes the resource (RFC 7644 §3.6).</summary>
    [Alias("Delete")]
    Task<ResourceReply> DeleteAsync(DeleteResource command);
}
