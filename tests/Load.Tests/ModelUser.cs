namespace OrleansIdentity.Load.Tests;

/// <summary>What a user must look like at the end.</summary>
public sealed class ModelUser(string tenant, string id, string userName)
{
    public string Tenant => tenant;

    public string Id => id;

    public string UserName => userName;

    public bool Exists { get; set; }

    public bool Deleted { get; set; }

    public bool Active { get; set; } = true;

    public string? NickName { get; set; }
}
