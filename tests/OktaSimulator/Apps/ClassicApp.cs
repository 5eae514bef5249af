using OrleansIdentity.OktaSimulator.Org;
using OrleansIdentity.OktaSimulator.Scim;
using OrleansIdentity.OktaSimulator.Verification;

namespace OrleansIdentity.OktaSimulator.Apps;

/// <summary>A custom app with SCIM enabled, of the classic experience: PUT for everything.</summary>
internal sealed class ClassicApp(ScimSession scim) : OktaApp(scim)
{
    public override Task<ScimAnswer> UpdateProfileAsync(OktaUser user, OktaProfile before, CancellationToken cancellationToken) =>
        PutAsync(user, null, cancellationToken);

    public override Task<ScimAnswer> SetActiveAsync(OktaUser user, CancellationToken cancellationToken) =>
        PutAsync(user, resource => resource["active"] = user.IsAssigned, cancellationToken);

    public override Task<ScimAnswer> PushPasswordAsync(OktaUser user, string password, CancellationToken cancellationToken) =>
        PutAsync(user, resource => resource["password"] = password, cancellationToken);

    public override Task<ScimAnswer> ClearAsync(OktaUser user, OktaProfile before, ClearedAs way, CancellationToken cancellationToken) =>
        PutAsync(user, resource => Clear(resource, user, before, way), cancellationToken);
}
