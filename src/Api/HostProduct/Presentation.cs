using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Profiles;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Api.HostProduct;

/// <summary>Shows accounts as the host product knows them: mapped on each read, and with managers found all at once.</summary>
internal static class Presentation
{
    private const string Okta = "okta";
    private const string Manual = "manual";

    /// <summary>Shows accounts of a tenant.</summary>
    public static async Task<Person[]> ShowAsync(HostServices services, HostCall call, AccountView[] accounts, Actor? actor, CancellationToken cancellationToken)
    {
        var sources = Array.ConvertAll(accounts, account => account.Status == AccountStatuses.Anonymised ? null : Source.Of(call.Users.Type, account));
        string[] named = [.. sources.Select(source => source?.Profile.OverrideManager).OfType<string>().Distinct(StringComparer.Ordinal)];
        if (named.Length == 0)
        {
            return [.. accounts.Zip(sources, (account, source) => Show(call, account, source, null, actor))];
        }

        // Asked twice, since whoever is found by an Okta id alone was named by one, and those are not for everybody.
        var people = services.People(call.Tenant);
        var answers = await Task.WhenAll(people.ResolveAsync(named, withOktaIds: true, cancellationToken), people.ResolveAsync(named, withOktaIds: false, cancellationToken));
        var managers = named.Select((name, index) => (name, Link: new ManagerLink(
            answers[0][index] is not null && answers[1][index] is null && !HostCall.SeesIntegration(actor) ? null : name, answers[0][index])))
            .ToDictionary(one => one.name, one => one.Link, StringComparer.Ordinal);
        return [.. accounts.Zip(sources, (account, source) => Show(
            call, account, source, source?.Profile.OverrideManager is { } manager ? managers[manager] : null, actor))];
    }

    private static Person Show(HostCall call, AccountView account, Source? source, ManagerLink? manager, Actor? actor)
    {
        if (source is not var (attributes, profile, meta))
        {
            return new Person(account.Id, account.Status, null, account.Role, null, null, new Dictionary<string, FieldSource>(), [], [], null, null);
        }

        return new Person(
            account.Id,
            account.Status,
            account.InvitationAt,
            account.Role,
            HostCall.SeesIntegration(actor) ? attributes["externalId"]?.GetValue<string>() : null,
            new Profile(
                profile.UserName, profile.Email, profile.Title, profile.FirstName, profile.LastName, profile.JobTitle, profile.Avatar, profile.PrimaryLanguage,
                profile.PrimaryLocation, profile.PrimaryTeam is { } team ? new TeamLink(TeamName.Id(call.Tenant, team), team) : null, manager, profile.Timezone,
                profile.CustomFields),
            Fields(call.Users.Type, account, attributes),
            [.. profile.Misfits.Select(misfit => new MisfitValue(misfit.Field, misfit.Value, misfit.Why))],
            [.. account.Groups.Select(group => new GroupName(group.Id, group.Display))],
            meta.Created,
            meta.LastModified);
    }

    private static Dictionary<string, FieldSource> Fields(ResourceType type, AccountView account, JsonObject attributes)
    {
        var edits = account.Manual.ToDictionary(edit => edit.Field, StringComparer.Ordinal);
        var fields = new Dictionary<string, FieldSource>(StringComparer.Ordinal);
        foreach (var field in LocalFields.Of(type))
        {
            if (edits.TryGetValue(field.Name, out var edit))
            {
                fields[field.Name] = new FieldSource(
                    Manual, edit.At, edit.By, edit.OktaValue is { } value ? new Drift(JsonElement.Parse(value), edit.At, edit.By) : null);
            }
            else if (field.Read(attributes) is not null)
            {
                fields[field.Name] = new FieldSource(Okta);
            }
        }

        return fields;
    }

    private sealed record Source(JsonObject Attributes, LocalProfile Profile, ResourceMeta Meta)
    {
        public static Source Of(ResourceType type, AccountView account)
        {
            var attributes = StoredExtension.Conform(type, ResourceDocument.ReadAttributes(account.Document));
            return new Source(attributes, ProfileMapper.Map(type, attributes), ResourceDocument.ReadMeta(account.Document));
        }
    }
}
