using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.People;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Scim;
using OrleansIdentity.Scim.Filters;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Grains.People;

/// <summary>What may be asked of the list of people, and the filter that a search is.</summary>
internal static class PeopleSearch
{
    private const int MaxLength = 200;
    private const int MaxWords = 8;

    private static readonly string[] Searched = ["userName", "displayName", "name.givenName", "name.familyName", "emails.value"];
    private static readonly string[] Misfits = ["primary_language", "primary_location", "timezone"];

    private static readonly HashSet<string> Statuses =
    [
        AccountStatuses.NotInvited, AccountStatuses.InviteScheduled, AccountStatuses.InvitePending, AccountStatuses.Confirmed, AccountStatuses.Deactivated,
        AccountStatuses.Anonymised,
    ];

    /// <summary>Why a request cannot be answered; null when it can.</summary>
    public static Refusal? Refuse(PeopleRequest request) =>
        request.Status is { } status && !Statuses.Contains(status) ? Bad("status-unknown", $"There is no such status. Choose one of: {string.Join(", ", Statuses.Order())}.")
        : request.Role is { } role && !Roles.All.Contains(role) ? Bad("role-unknown", $"There is no such role. Choose one of: {string.Join(", ", Roles.All.Order())}.")
        : request.Misfit is { } misfit && !Misfits.Contains(misfit) ? Bad("misfit-unknown", $"No such field is normalised. Choose one of: {string.Join(", ", Misfits)}.")
        : request.Search is { } search && (search.Length > MaxLength || Words(search).Length > MaxWords || search.Any(char.IsControl) || !CaseFolding.IsWellFormed(search))
            ? Bad("search-too-long", $"A search has at most {MaxLength} characters and {MaxWords} words, and no control characters. Shorten it.")
        : request.Status == AccountStatuses.Anonymised && request is not { Search: null, Role: null, Team: null, Manager: null, Group: null, Misfit: null }
            ? Bad("filter-of-anonymised", "Nothing is known of anonymised accounts to choose them by. Ask for status=anonymised alone.")
        : null;

    /// <summary>The filter of a search; null for none.</summary>
    public static Filter? Filter(string? search)
    {
        var words = Words(search ?? "");
        var text = string.Join(" and ", words.Select(word => $"({string.Join(" or ", Searched.Select(attribute => $"{attribute} co {Literal(word)}"))})"));
        return words.Length == 0 ? null : Scim.Filters.Filter.Parse(ResourceTypes.User, text, ScimLimits.Default).Value;
    }

    private static string[] Words(string search) => search.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static string Literal(string word) => JsonValue.Create(word)!.ToJsonString(JsonSerializerOptions.Default);

    private static Refusal Bad(string id, string detail) => new(400, id, detail);
}
