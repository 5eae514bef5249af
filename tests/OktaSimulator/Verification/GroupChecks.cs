using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Org;
using OrleansIdentity.OktaSimulator.Scim;

namespace OrleansIdentity.OktaSimulator.Verification;

/// <summary>Whether a group is what the org says it must be. Each check gives whether it found nothing wrong.</summary>
internal sealed class GroupChecks(ScimSession groups, ScimSession users, FindingLog findings)
{
    /// <summary>Reads the group by its id and compares its name and its members.</summary>
    /// <param name="group">The group, as it must be.</param>
    /// <param name="lacking">The finding when a member is missing.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public async Task<bool> IsAsItMustBeAsync(OktaGroup group, FindingKind lacking, CancellationToken cancellationToken) =>
        await groups.ReadAsync(group.ScimId!, FindingKinds.GroupNotReadable, cancellationToken) is { } read && IsAsItMustBe(group, lacking, read);

    /// <summary>Compares a representation of the group.</summary>
    public bool IsAsItMustBe(OktaGroup group, FindingKind lacking, JsonObject read)
    {
        var members = (read["members"] as JsonArray ?? []).Select(member => member?["value"]?.ToString() ?? "").ToHashSet(StringComparer.Ordinal);
        var expected = group.Members.Select(member => member.ScimId!).ToHashSet(StringComparer.Ordinal);
        var missing = expected.Except(members).ToArray();
        var left = members.Except(expected).ToArray();
        return findings.Require(
                read["displayName"]?.ToString() == group.Name, FindingKinds.GroupNameWrong,
                    $"{group.ScimId}: displayName is {read["displayName"]}, expected {group.Name}")
            & findings.Require(missing.Length == 0, lacking,
                $"{group.Name}: {missing.Length} of {expected.Count} are missing, such as {missing.FirstOrDefault()}")
            & findings.Require(left.Length == 0, FindingKinds.MembersLeft,
                $"{group.Name}: {left.Length} are there that should not be, such as {left.FirstOrDefault()}");
    }

    /// <summary>Whether the group's name finds it, as it is written and in other letter case.</summary>
    public async Task<bool> IsFoundByNameAsync(OktaGroup group, CancellationToken cancellationToken)
    {
        foreach (var name in new[] { group.Name, group.Name.ToUpperInvariant() })
        {
            if (await groups.FindAsync(ScimQuery.Eq("displayName", name), cancellationToken) is not { } list
                || !findings.Require(list.Ids.SequenceEqual([group.ScimId!]), FindingKinds.GroupMissed,
                    $"{name} found {list.TotalResults}; expected {group.ScimId}"))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a user shows the groups that it is a member of, and no others that were pushed.</summary>
    /// <param name="user">The person.</param>
    /// <param name="pushed">All groups that were pushed.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public async Task<bool> ShowsItsGroupsAsync(OktaUser user, IReadOnlyCollection<OktaGroup> pushed, CancellationToken cancellationToken)
    {
        if (await users.ReadAsync(user.ScimId!, FindingKinds.AccountNotReadable, cancellationToken) is not { } account)
        {
            return false;
        }

        // A server may have groups of its own, which everybody is in.
        var known = pushed.Select(group => group.ScimId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        string[] shown = [.. (account["groups"] as JsonArray ?? []).Select(group => group?["value"]?.ToString() ?? "").Where(known.Contains).Order()];
        string[] expected = [.. pushed.Where(group => group.IsThere && group.Members.Contains(user)).Select(group => group.ScimId!).Order()];
        return findings.Require(
            shown.SequenceEqual(expected),
            FindingKinds.UserGroupsWrong,
            $"{user.Profile.Login}: groups is [{string.Join(", ", shown)}], expected [{string.Join(", ", expected)}]");
    }
}
