using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Org;
using OrleansIdentity.OktaSimulator.Scim;
using OrleansIdentity.OktaSimulator.Verification;

namespace OrleansIdentity.OktaSimulator.Apps;

/// <summary>Group push: which verb does what depends on the kind of app. Every method sends what Okta would send; the group is the new one already.</summary>
internal abstract class GroupPush(ScimSession scim)
{
    protected ScimSession Scim => scim;

    /// <summary>A new group is filled with its members, after it was created without.</summary>
    public abstract Task<ScimAnswer> FillAsync(OktaGroup group, CancellationToken cancellationToken);

    /// <summary>The group has another name.</summary>
    public abstract Task<ScimAnswer> RenameAsync(OktaGroup group, CancellationToken cancellationToken);

    /// <summary>Some have left the group, others have come.</summary>
    public abstract Task<ScimAnswer> ChangeAsync(
        OktaGroup group, IReadOnlyList<OktaUser> left, IReadOnlyList<OktaUser> came, CancellationToken cancellationToken);

    /// <summary>"Push now": the members as a whole.</summary>
    /// <param name="group">The group.</param>
    /// <param name="withPath">Which of the two forms a PATCH takes.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public abstract Task<ScimAnswer> ReplaceAsync(OktaGroup group, bool withPath, CancellationToken cancellationToken);

    /// <summary>The body of a group.</summary>
    public static JsonObject Body(string name, IEnumerable<OktaUser> members) => new()
    {
        ["schemas"] = new JsonArray(ScimUrns.Group),
        ["displayName"] = name,
        ["members"] = Values(members),
    };

    protected static JsonArray Values(IEnumerable<OktaUser> members) =>
        [.. members.Select(member => new JsonObject { ["value"] = member.ScimId, ["display"] = member.Profile.Login })];
}
