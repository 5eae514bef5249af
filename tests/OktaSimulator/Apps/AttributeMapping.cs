using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Org;
using OrleansIdentity.OktaSimulator.Scim;

namespace OrleansIdentity.OktaSimulator.Apps;

/// <summary>One row of the app's mapping: an Okta attribute and where it goes.</summary>
/// <param name="Name">How evidence names it.</param>
/// <param name="Target">Where it is in the resource.</param>
/// <param name="Value">Its value in Okta; null when it has none.</param>
/// <param name="MayBeIgnored">Whether a server may drop it, as it may with what its schemas do not have. Refuse it, it may not.</param>
internal sealed record MappedAttribute(string Name, ExternalName Target, Func<OktaProfile, string?> Value, bool MayBeIgnored = false);

/// <summary>The mapping from Okta to SCIM, and the bodies that follow from it.</summary>
internal static class AttributeMapping
{
    public static IReadOnlyList<MappedAttribute> All { get; } =
    [
        Core("userName", profile => profile.Login),
        Core("name.givenName", profile => profile.FirstName),
        Core("name.familyName", profile => profile.LastName),
        Core("emails.^[type=='work'].value", profile => profile.Email),
        Core("displayName", profile => profile.DisplayName),
        Core("title", profile => profile.Title),
        Core("locale", profile => profile.Locale),
        Core("addresses.^[type=='work'].locality", profile => profile.City),
        Enterprise("employeeNumber", profile => profile.EmployeeNumber),
        Enterprise("department", profile => profile.Department),
        Enterprise("manager.value", profile => profile.ManagerId),
        new("costCode", new ExternalName("costCode"), profile => profile.EmployeeNumber, MayBeIgnored: true),
        new("hireDate", new ExternalName("hireDate", ScimUrns.CustomUser), profile => profile.HireDate, MayBeIgnored: true),
    ];

    /// <summary>The body of a create: what has a value, and what Okta always sends along.</summary>
    /// <param name="user">The person.</param>
    /// <param name="password">The placeholder, which is there even when password sync is off.</param>
    public static JsonObject Create(OktaUser user, string password)
    {
        var resource = new JsonObject { ["schemas"] = new JsonArray(ScimUrns.User) };
        Overlay(resource, user);
        resource["groups"] = new JsonArray();
        resource["password"] = password;
        resource["active"] = true;
        return resource;
    }

    /// <summary>Lays Okta's values over a resource. What Okta does not map stays as it is.</summary>
    public static void Overlay(JsonObject resource, OktaUser user)
    {
        foreach (var attribute in All)
        {
            if (attribute.Value(user.Profile) is { } value)
            {
                attribute.Target.Write(resource, value);
                DeclareSchema(resource, attribute.Target.Extension);
            }
        }

        resource["externalId"] = user.Id;
    }

    /// <summary>Only what differs from another profile: the value of a path-less PATCH.</summary>
    public static JsonObject Difference(OktaProfile before, OktaProfile after)
    {
        var changes = new JsonObject();
        foreach (var attribute in All)
        {
            if (attribute.Value(after) is { } value && value != attribute.Value(before))
            {
                attribute.Target.Write(changes, value);
            }
        }

        return changes;
    }

    private static void DeclareSchema(JsonObject resource, string? urn)
    {
        if (urn is null)
        {
            return;
        }

        if (resource["schemas"] is not JsonArray schemas)
        {
            resource["schemas"] = schemas = new JsonArray(ScimUrns.User);
        }

        if (!schemas.Any(schema => schema?.ToString() == urn))
        {
            schemas.Add((JsonNode)urn);
        }
    }

    private static MappedAttribute Core(string name, Func<OktaProfile, string?> value) => new(name, new ExternalName(name), value);

    private static MappedAttribute Enterprise(string name, Func<OktaProfile, string?> value) =>
        new(name, new ExternalName(name, ScimUrns.EnterpriseUser), value);
}
