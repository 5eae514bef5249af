using System.Collections.Frozen;
using System.Text.Json.Nodes;
using OrleansIdentity.Scim.Schemas;
using static OrleansIdentity.Grains.Profiles.AttributeAccess;

namespace OrleansIdentity.Grains.Profiles;

/// <summary>
/// The local fields and the SCIM attributes that they are: one table for reading, for editing and for telling what an edit has overridden. The names are
/// what the host product sees.
/// </summary>
public static class LocalFields
{
    /// <summary>What stands before the name of a custom field.</summary>
    public const string CustomPrefix = "custom_fields.";

    /// <summary>Whether the user has access. Not edited like the others: it is deactivated and reactivated.</summary>
    public const string Active = "active";

    /// <summary>The fields that every tenant has.</summary>
    public static IReadOnlyList<LocalField> Common { get; } =
    [
        Plain("user_name", "userName"),
        new("email", Emails, WriteEmail),
        Part("title", "name", "honorificPrefix"),
        Part("first_name", "name", "givenName"),
        Part("last_name", "name", "familyName"),
        Plain("job_title", "title"),
        new("avatar", attributes => Preferred(attributes, "photos", "photo")?["value"], (attributes, value) => WritePreferred(attributes, "photos", "photo", value)),
        Plain("primary_language", "preferredLanguage"),
        new("primary_location", attributes => Work(attributes)?["locality"], WriteLocality),
        Part("primary_team", SchemaUrns.EnterpriseUser, "department"),
        new("override_manager", attributes => (attributes[SchemaUrns.EnterpriseUser]?["manager"] as JsonObject)?["value"], WriteManager),
        Plain("timezone", "timezone"),
    ];

    private static readonly FrozenDictionary<string, LocalField> ByName = Common.ToFrozenDictionary(field => field.Name, StringComparer.Ordinal);

    private static readonly LocalField Access = Plain(Active, Active);

    /// <summary>All fields of a tenant whose users are of a type: the common ones, access, and one for each attribute of its own extensions.</summary>
    public static IEnumerable<LocalField> Of(ResourceType type) => Common.Append(Access).Concat(Custom(type));

    /// <summary>A field that may be edited, by name; null when there is none.</summary>
    public static LocalField? Find(ResourceType type, string name) => ByName.TryGetValue(name, out var field) ? field
        : name.StartsWith(CustomPrefix, StringComparison.Ordinal) ? Custom(type).FirstOrDefault(custom => custom.Name == name)
        : null;

    /// <summary>The fields that the tenant itself has defined.</summary>
    public static IEnumerable<LocalField> Custom(ResourceType type) =>
        from extension in type.Extensions
        where extension.Schema.Id != SchemaUrns.EnterpriseUser
        from attribute in extension.Schema.Attributes
        select Part(CustomPrefix + attribute.Name, extension.Schema.Id, attribute.Name) with { Definition = attribute };

    private static LocalField Plain(string name, string attribute) =>
        new(name, attributes => attributes[attribute], (attributes, value) => Set(attributes, attribute, value));

    private static LocalField Part(string name, string owner, string part) =>
        new(name, attributes => (attributes[owner] as JsonObject)?[part], (attributes, value) => SetPart(attributes, owner, part, value));
}

/// <summary>A local field.</summary>
/// <param name="Name">Its name, such as <c>job_title</c>.</param>
/// <param name="Read">The value among a user's attributes, as sent; null when there is none. Without fall-backs: what an edit of the field would replace.</param>
/// <param name="Write">Puts a value, or null for none, among a user's attributes.</param>
public sealed record LocalField(string Name, Func<JsonObject, JsonNode?> Read, Action<JsonObject, JsonNode?> Write)
{
    /// <summary>How the tenant has defined it; null of a common field.</summary>
    public AttributeDefinition? Definition { get; init; }
}
