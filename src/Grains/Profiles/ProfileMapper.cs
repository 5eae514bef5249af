using System.Text.Json.Nodes;
using OrleansIdentity.Scim.Schemas;
using static OrleansIdentity.Grains.Profiles.AttributeAccess;

namespace OrleansIdentity.Grains.Profiles;

/// <summary>Makes a local profile of a user's SCIM attributes. Pure; fails for no value.</summary>
public static class ProfileMapper
{
    /// <summary>Maps.</summary>
    /// <param name="type">The type of the tenant's users: its own extensions are what custom fields there are.</param>
    /// <param name="attributes">The user's attributes, in the stored form.</param>
    public static LocalProfile Map(ResourceType type, JsonObject attributes)
    {
        var misfits = new List<Misfit>();
        var userName = Text(attributes["userName"]);
        return new LocalProfile
        {
            UserName = userName,
            Email = Text(Emails(attributes)) ?? (EmailAddress.IsOne(userName) ? userName : null),
            Title = Value(attributes, "title"),
            FirstName = Value(attributes, "first_name"),
            LastName = Value(attributes, "last_name"),
            JobTitle = Value(attributes, "job_title"),
            Avatar = Value(attributes, "avatar"),
            PrimaryLanguage = Understand("primary_language", Value(attributes, "primary_language") ?? Text(attributes["locale"]), Languages.Normalise, misfits),
            PrimaryLocation = Understand("primary_location", Value(attributes, "primary_location"), Locations.Normalise, misfits),
            PrimaryTeam = TeamName.Of(attributes),
            OverrideManager = Value(attributes, "override_manager")?.Trim(),
            Timezone = Understand("timezone", Value(attributes, "timezone"), TimeZones.Normalise, misfits),
            CustomFields = CustomFields(type, attributes),
            Misfits = misfits,
        };
    }

    private static string? Value(JsonObject attributes, string field) => Text(LocalFields.Find(ResourceTypes.User, field)!.Read(attributes));

    private static string? Understand(string field, string? value, Func<string, Understood> normalise, List<Misfit> misfits)
    {
        if (value is null)
        {
            return null;
        }

        var understood = normalise(value);
        if (understood.Why is { } why)
        {
            misfits.Add(new Misfit(field, value, why));
        }

        return understood.Value ?? value;
    }

    private static JsonObject CustomFields(ResourceType type, JsonObject attributes)
    {
        var fields = new JsonObject();
        foreach (var field in LocalFields.Custom(type))
        {
            if (field.Read(attributes) is { } value)
            {
                fields[field.Name[LocalFields.CustomPrefix.Length..]] = value.DeepClone();
            }
        }

        return fields;
    }
}
