namespace OrleansIdentity.Scim.Schemas;

/// <summary>The resource types that every tenant has.</summary>
public static class ResourceTypes
{
    /// <summary>Users.</summary>
    public static ResourceType User { get; } = new(
        "User", "User Account", "/Users", UserSchema.Definition, [new SchemaExtension(EnterpriseUserSchema.Definition, Required: false)]);

    /// <summary>Groups.</summary>
    public static ResourceType Group { get; } = new("Group", "Group", "/Groups", GroupSchema.Definition, []);
}
