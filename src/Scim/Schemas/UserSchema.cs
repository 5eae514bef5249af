using static OrleansIdentity.Scim.Schemas.Attributes;

namespace OrleansIdentity.Scim.Schemas;

/// <summary>The core user (RFC 7643 §4.1; characteristics of §8.7.1).</summary>
internal static class UserSchema
{
    public static SchemaDefinition Definition { get; } = new(SchemaUrns.User, "User", "User Account",
    [
        Text("userName", "The name by which the user is known to the tenant's directory; compared without regard to case.") with
        {
            Required = true,
            Uniqueness = Uniqueness.Server,
        },
        Complex(
            "name",
            "The parts of the user's name.",
            Text("formatted", "The whole name."),
            Text("familyName", "The family name."),
            Text("givenName", "The given name."),
            Text("middleName", "The middle name."),
            Text("honorificPrefix", "The title before the name, such as 'Ms.'."),
            Text("honorificSuffix", "The suffix after the name, such as 'III'.")),
        Text("displayName", "The name to show."),
        Text("nickName", "The casual name."),
        Uri("profileUrl", "The address of the user's profile elsewhere."),
        Text("title", "The job title."),
        Text("userType", "The user's relation to the organization."),
        Text("preferredLanguage", "The preferred language, as in the HTTP header Accept-Language."),
        Text("locale", "The locale for dates, numbers and currency."),
        Text("timezone", "The time zone, as in the IANA database."),
        Flag("active", "Whether the user has access.") with { Default = true, KeptWhenOmitted = true },
        Text("password", "Accepted, and dropped without being stored.") with
        {
            Mutability = Mutability.WriteOnly,
            Returned = Returned.Never,
            KeptWhenOmitted = true,
        },
        Values("emails", "E-mail addresses.", Text("value", "The address."), "work", "home", "other"),
        Values("phoneNumbers", "Telephone numbers.", Text("value", "The number."), "work", "home", "mobile", "fax", "pager", "other"),
        Values("ims", "Instant messaging addresses.", Text("value", "The address."), "aim", "gtalk", "icq", "xmpp", "msn", "skype", "qq", "yahoo"),
        Values("photos", "Pictures.", Uri("value", "The address of the picture."), "photo", "thumbnail"),
        Complex(
            "addresses",
            "Postal addresses.",
            Text("formatted", "The whole address, as on a label."),
            Text("streetAddress", "Street and house number."),
            Text("locality", "City."),
            Text("region", "State or region."),
            Text("postalCode", "Postal code."),
            Text("country", "Country."),
            Text("type", "What the address is for.") with { CanonicalValues = ["work", "home", "other"] },
            Flag("primary", "Whether it is the preferred one. At most one value is.")) with
        {
            MultiValued = true,
        },
        Complex(
            "groups",
            "The groups that the user is a member of. Changed through the groups.",
            Text("value", "The id of the group."),
            Uri("$ref", "The address of the group.", "User", "Group"),
            Text("display", "The name of the group."),
            Text("type", "Direct or indirect membership.") with { CanonicalValues = ["direct", "indirect"] }).ReadOnly() with
        {
            MultiValued = true,
            StoredApart = true,
        },
        Values("entitlements", "Things that the user has.", Text("value", "The entitlement.")),
        Values("roles", "What the user is in the organization. Grants nothing here.", Text("value", "The role.")),
        Values(
            "x509Certificates", "Certificates.", Text("value", "The certificate, DER in base64.") with { Type = AttributeType.Binary, CaseExact = true }),
    ]);
}
