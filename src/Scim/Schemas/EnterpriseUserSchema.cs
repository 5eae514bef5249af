using static OrleansIdentity.Scim.Schemas.Attributes;

namespace OrleansIdentity.Scim.Schemas;

/// <summary>The enterprise extension of the user (RFC 7643 §4.3).</summary>
internal static class EnterpriseUserSchema
{
    public static SchemaDefinition Definition { get; } = new(SchemaUrns.EnterpriseUser, "EnterpriseUser", "Enterprise User",
    [
        Text("employeeNumber", "The number or code of the employee."),
        Text("costCenter", "The cost center."),
        Text("organization", "The organization."),
        Text("division", "The division."),
        Text("department", "The department."),
        Complex(
            "manager",
            "The user's manager.",
            Text("value", "The id of the manager."),
            Uri("$ref", "The address of the manager.", "User"),
            Text("displayName", "The name of the manager.").ReadOnly()),
    ]);
}
