using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Profiles;
using OrleansIdentity.Grains.Schemas;

namespace OrleansIdentity.Grains.Standard.Mapping;

/// <summary>Maps an Okta profile to local fields. What SCIM calls these is known to <see cref="LocalFields"/> alone. Pure; fails for no value.</summary>
public static class OktaProfileMapper
{
    // Raised with the mapping: then every user is looked at anew.
    private const int Version = 1;
    private const int MaxLength = 2_000;

    private static readonly (string Field, string[] Attributes)[] Common =
    [
        ("title", ["honorificPrefix"]),
        ("first_name", ["firstName"]),
        ("last_name", ["lastName"]),
        ("job_title", ["title"]),
        ("avatar", ["picture"]),
        ("primary_language", ["preferredLanguage", "locale"]),
        ("primary_location", ["city"]),
        ("primary_team", ["department"]),
        ("override_manager", ["managerId", "manager"]),
        ("timezone", ["timezone"]),
    ];

    /// <summary>Maps.</summary>
    /// <param name="users">Users as the tenant has them: custom attributes are taken over where it has defined one of the same name.</param>
    /// <param name="person">The person.</param>
    public static MappedPerson Map(TenantUserType users, OktaPerson person)
    {
        var unfit = new List<UnfitValue>();
        var email = Text(person, "email", unfit);
        if (email is not null && !EmailAddress.IsOne(email))
        {
            unfit.Add(new UnfitValue("email", "It is no e-mail address."));
            email = null;
        }

        var userName = Text(person, "login", unfit) ?? email ?? person.Id;
        email ??= EmailAddress.IsOne(userName) ? userName : null;
        var fields = new JsonObject { ["user_name"] = userName, ["email"] = email };
        foreach (var (field, attributes) in Common)
        {
            fields[field] = attributes.Select(attribute => Text(person, attribute, unfit)).FirstOrDefault(value => value is not null);
        }

        var custom = Custom(users, person, unfit);
        if (custom.Count > 0)
        {
            fields["custom_fields"] = custom;
        }

        var bytes = JsonSerializer.SerializeToUtf8Bytes<JsonNode>(fields);
        return new MappedPerson(person.Id, person.IsActive, bytes, Digest(users, person, bytes), userName, email, person.UpdatedAt, unfit);
    }

    private static JsonObject Custom(TenantUserType users, OktaPerson person, List<UnfitValue> unfit)
    {
        var custom = new JsonObject();
        foreach (var field in LocalFields.Custom(users.Type))
        {
            var name = field.Definition!.Name;
            var (attribute, value) = person.Profile.FirstOrDefault(one => one.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
            var node = attribute is null || value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? null : JsonNode.Parse(value.GetRawText());
            if (node is not null && !Fits(users, name, node))
            {
                unfit.Add(new UnfitValue(attribute!, "It is not what the attribute of this name takes."));
                continue;
            }

            custom[name] = node;
        }

        return custom;
    }

    // Held against the tenant's schema alone: a value that does not fit must not keep the others out.
    private static bool Fits(TenantUserType users, string name, JsonNode value)
    {
        var patch = new JsonObject { ["user_name"] = "-", ["custom_fields"] = new JsonObject { [name] = value.DeepClone() } };
        return ProfileEdit.Apply(users.Type, [], JsonSerializer.SerializeToUtf8Bytes<JsonNode>(patch)).TryGet(out _, out _);
    }

    private static string? Text(OktaPerson person, string attribute, List<UnfitValue> unfit)
    {
        if (!person.Profile.TryGetValue(attribute, out var value))
        {
            return null;
        }

        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!.Trim(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            JsonValueKind.Null or JsonValueKind.Undefined => "",
            _ => null,
        };
        if (text is null || text.Length > MaxLength || text.Contains('\0', StringComparison.Ordinal))
        {
            unfit.Add(new UnfitValue(attribute, $"It is no text of at most {MaxLength} characters."));
            return null;
        }

        return text.Length == 0 ? null : text;
    }

    private static string Digest(TenantUserType users, OktaPerson person, byte[] fields)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{Version}\n{users.Revision}\n{person.Id}\n{(person.IsActive ? "active" : "inactive")}\n")));
        hash.AppendData(fields);
        return Base64Url.EncodeToString(hash.GetHashAndReset());
    }
}
