using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Apps;
using OrleansIdentity.OktaSimulator.Org;
using OrleansIdentity.OktaSimulator.Scim;

namespace OrleansIdentity.OktaSimulator.Verification;

/// <summary>Whether an account is what the org says it must be. Each check gives whether it found nothing wrong.</summary>
internal sealed class AccountChecks(ScimSession scim, FindingLog findings)
{
    /// <summary>Reads the account by its id and compares it.</summary>
    /// <param name="user">The person, as it must be.</param>
    /// <param name="before">The profile before the last change; null when all of it was set by that change.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public async Task<bool> IsAsItMustBeAsync(OktaUser user, OktaProfile? before, CancellationToken cancellationToken)
    {
        var missing = user.IsAssigned ? FindingKinds.AccountNotReadable : FindingKinds.DeactivatedNotReadable;
        return await scim.ReadAsync(user.ScimId!, missing, cancellationToken) is { } account && IsAsItMustBe(user, before, account);
    }

    /// <summary>Compares a representation of the account.</summary>
    public bool IsAsItMustBe(OktaUser user, OktaProfile? before, JsonObject account)
    {
        var isRight = true;
        foreach (var attribute in AttributeMapping.All)
        {
            var expected = attribute.Value(user.Profile);
            var actual = attribute.Target.Read(account);
            if (actual == expected || (actual is null && attribute.MayBeIgnored))
            {
                continue;
            }

            isRight = false;
            var kind = expected is null ? FindingKinds.ClearIgnored
                : before is not null && expected == attribute.Value(before) ? FindingKinds.AttributeDisturbed
                : FindingKinds.ChangeLost;
            findings.Add(kind, $"{user.Profile.Login}: {attribute.Name} is {Show(actual)}, expected {Show(expected)}");
        }

        var isActive = account["active"] is JsonValue active && active.TryGetValue<bool>(out var value) ? value : (bool?)null;
        return isRight
            & findings.Require(
                isActive == user.IsAssigned,
                user.IsAssigned ? FindingKinds.ReactivationIgnored : FindingKinds.DeactivationIgnored,
                $"{user.Profile.Login}: active is {account["active"]?.ToJsonString() ?? "absent"}")
            & findings.Require(
                account["externalId"]?.ToString() == user.Id, FindingKinds.LinkWrong, $"{user.Profile.Login}: externalId is {account["externalId"]}")
            & findings.Require(KeepsUnmapped(user, account, out var lost), FindingKinds.UnmappedLost, $"{user.Profile.Login}: {lost}")
            & findings.Require(
                account["groups"]?.ToJsonString().Contains(OktaApp.StaleGroup, StringComparison.Ordinal) != true,
                FindingKinds.ReadOnlyStored,
                $"{user.Profile.Login}: groups is {account["groups"]?.ToJsonString()}");
    }

    /// <summary>Whether a filter finds exactly this account.</summary>
    /// <param name="user">The person.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="missed">The finding when it does not.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public async Task<bool> IsFoundAsync(OktaUser user, string filter, FindingKind missed, CancellationToken cancellationToken)
    {
        if (await scim.FindAsync(filter, cancellationToken) is not { } list)
        {
            return false;
        }

        var evidence = $"{filter} found {list.TotalResults}: {string.Join(", ", list.Ids.Take(3))}; expected {user.ScimId}";
        return findings.Require(list.Ids.Contains(user.ScimId), missed, evidence)
            & findings.Require(list.TotalResults <= 1 && list.Ids.All(id => id == user.ScimId), FindingKinds.FilterInvented, evidence);
    }

    /// <summary>Whether the person's login finds its account, as it is written and in other letter case.</summary>
    public async Task<bool> IsFoundByLoginAsync(OktaUser user, CancellationToken cancellationToken)
    {
        var login = user.Profile.Login;
        var missed = user.IsAssigned ? FindingKinds.FilterMissed : FindingKinds.FilterMissedDeactivated;

        // In other letter case only when it was found as it is written: each fault has its own name.
        return await IsFoundAsync(user, ScimQuery.Eq("userName", login), missed, cancellationToken)
            && await IsFoundAsync(user, ScimQuery.Eq("userName", login.ToUpperInvariant()), FindingKinds.FilterCaseSensitive, cancellationToken);
    }

    /// <summary>Whether a filter finds nobody.</summary>
    public async Task<bool> IsNotFoundAsync(string filter, FindingKind found, CancellationToken cancellationToken) =>
        await scim.FindAsync(filter, cancellationToken) is { } list
        && findings.Require(list is { TotalResults: 0, Users.Count: 0 }, found, $"{filter} found {list.TotalResults}: {string.Join(", ", list.Ids.Take(3))}");

    private static bool KeepsUnmapped(OktaUser user, JsonObject account, out string lost)
    {
        foreach (var (name, value) in user.Unmapped ?? [])
        {
            var isKept = value is JsonArray elements
                ? elements.All(element => (account[name] as JsonArray)?.Any(kept => kept?["value"]?.ToString() == element!["value"]!.ToString()) == true)
                : account[name]?.ToString() == value?.ToString();
            if (!isKept)
            {
                lost = $"{name} is {account[name]?.ToJsonString() ?? "absent"}";
                return false;
            }
        }

        lost = "";
        return true;
    }

    private static string Show(string? value) => value is null ? "absent" : $"'{value}'";
}
