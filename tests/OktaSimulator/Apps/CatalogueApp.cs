using System.Text.Json.Nodes;
using OrleansIdentity.OktaSimulator.Org;
using OrleansIdentity.OktaSimulator.Scim;
using OrleansIdentity.OktaSimulator.Verification;

namespace OrleansIdentity.OktaSimulator.Apps;

/// <summary>
/// An app of the catalogue, or of the integration wizard: PATCH without a path for activation and password. A catalogue app updates profiles by PUT,
/// one of the wizard by PATCH; here every other person is updated by PATCH, so that one run judges both.
/// </summary>
internal sealed class CatalogueApp(ScimSession scim) : OktaApp(scim)
{
    public override Task<ScimAnswer> UpdateProfileAsync(OktaUser user, OktaProfile before, CancellationToken cancellationToken) =>
        user.Number % 2 == 0
            ? PutAsync(user, null, cancellationToken)
            : PatchAsync(user, AttributeMapping.Difference(before, user.Profile), cancellationToken);

    public override Task<ScimAnswer> SetActiveAsync(OktaUser user, CancellationToken cancellationToken) =>
        PatchAsync(user, new JsonObject { ["active"] = user.IsAssigned }, cancellationToken);

    public override Task<ScimAnswer> PushPasswordAsync(OktaUser user, string password, CancellationToken cancellationToken) =>
        PatchAsync(user, new JsonObject { ["password"] = password }, cancellationToken);

    public override Task<ScimAnswer> ClearAsync(OktaUser user, OktaProfile before, ClearedAs way, CancellationToken cancellationToken)
    {
        // Absence says nothing in a PATCH.
        if (way == ClearedAs.Absent)
        {
            return PutAsync(user, resource => Clear(resource, user, before, way), cancellationToken);
        }

        var value = new JsonObject();
        Clear(value, user, before, way);
        return PatchAsync(user, value, cancellationToken);
    }

    private Task<ScimAnswer> PatchAsync(OktaUser user, JsonObject value, CancellationToken cancellationToken) => Scim.PatchAsync(
        user.ScimId!,
        new JsonObject
        {
            ["schemas"] = new JsonArray(ScimUrns.PatchOp),
            ["Operations"] = new JsonArray(new JsonObject { ["op"] = "replace", ["value"] = value }),
        },
        cancellationToken);
}
