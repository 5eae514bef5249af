using Microsoft.Extensions.Options;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.Telemetry;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Api.Scim.Operations;

/// <summary>What can be done to users.</summary>
internal sealed class UserOperations(GrainsOf<IUserGrain> users, IOptions<RequestOptions> options, TimeProvider time, ApiMetrics metrics)
    : ResourceOperations(ResourceTypes.User, RecordKinds.User, users.Get, options.Value.MaxBodyBytes, time, metrics)
{
    public override ResourceType Type(ScimCall call) => call.Users.Type;
}
