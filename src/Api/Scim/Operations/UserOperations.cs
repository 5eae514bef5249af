using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.Telemetry;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Standard;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Resources;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Api.Scim.Operations;

/// <summary>What can be done to users.</summary>
internal sealed class UserOperations(
    GrainsOf<IUserGrain> users, GrainsOf<IJoinGrain> joins, IOptions<RequestOptions> options, TimeProvider time, ApiMetrics metrics)
    : ResourceOperations(ResourceTypes.User, RecordKinds.User, users.Get, options.Value.MaxBodyBytes, time, metrics)
{
    public override ResourceType Type(ScimCall call) => call.Users.Type;

    // Okta pushes people whom Standard has brought here: each has an account, which keeps its id, its sessions and its history. The version that was looked at is
    // the one that is replaced.
    protected override async Task<(string Id, string Version)?> JoinAsync(ScimCall call, JsonObject attributes)
    {
        var oktaId = Text(attributes["externalId"]);
        var email = (attributes["emails"] as JsonArray ?? []).OfType<JsonObject>().OrderByDescending(one => one["primary"] is JsonValue flag && flag.TryGetValue<bool>(out var yes) && yes)
            .Select(one => Text(one["value"])).FirstOrDefault(value => value is not null);
        var request = new JoinRequest(oktaId ?? "", Text(attributes["userName"]), email, null);
        if ((await joins.Get(call.Tenant).FindAsync([request], call.Deadline))[0] is not { UserId: { } id, By: var by }
            || (await users.Get(GrainKeys.Resource(call.Tenant, id)).ReadAccountAsync().WaitAsync(call.Deadline)).Account is not { } account)
        {
            return null;
        }

        // An account of somebody else in Okta, or one that an address alone must not open.
        var linked = Text(ResourceDocument.ReadAttributes(account.Document)["externalId"]);
        var mayJoin = by == JoinedBy.OktaId || ((linked is null || linked == oktaId) && account.Role is not (Roles.Owner or Roles.Admin));
        return mayJoin ? (id, Precondition.EntityTag(account.Version)) : null;
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
