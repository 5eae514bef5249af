using OrleansIdentity.OktaSimulator.Org;
using OrleansIdentity.OktaSimulator.Scim;
using OrleansIdentity.OktaSimulator.Verification;

namespace OrleansIdentity.OktaSimulator.Apps;

/// <summary>Group push of a custom app: PUT of the whole group, whatever has changed.</summary>
internal sealed class ClassicGroupPush(ScimSession scim) : GroupPush(scim)
{
    public override Task<ScimAnswer> FillAsync(OktaGroup group, CancellationToken cancellationToken) => PutAsync(group, cancellationToken);

    public override Task<ScimAnswer> RenameAsync(OktaGroup group, CancellationToken cancellationToken) => PutAsync(group, cancellationToken);

    public override Task<ScimAnswer> ChangeAsync(
        OktaGroup group, IReadOnlyList<OktaUser> left, IReadOnlyList<OktaUser> came, CancellationToken cancellationToken) => PutAsync(group, cancellationToken);

    public override Task<ScimAnswer> ReplaceAsync(OktaGroup group, bool withPath, CancellationToken cancellationToken) => PutAsync(group, cancellationToken);

    private Task<ScimAnswer> PutAsync(OktaGroup group, CancellationToken cancellationToken)
    {
        var body = GroupPush.Body(group.Name, group.Members);
        body["id"] = group.ScimId;
        return Scim.ReplaceAsync(group.ScimId!, body, cancellationToken);
    }
}
