namespace OrleansIdentity.Scim.Resources;

/// <summary>What the server knows about a resource (RFC 7643 §3.1), but for its location, which depends on who asks.</summary>
/// <param name="ResourceType">The name of its type.</param>
/// <param name="Created">When it was created (UTC).</param>
/// <param name="LastModified">When something that SCIM shows was last changed (UTC).</param>
/// <param name="Version">1 after its creation, one more with each such change; its entity tag is <c>W/"version"</c>.</param>
public sealed record ResourceMeta(string ResourceType, DateTimeOffset Created, DateTimeOffset LastModified, long Version);
