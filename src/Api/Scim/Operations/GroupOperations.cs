using Microsoft.Extensions.Options;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.Telemetry;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Groups;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Api.Scim.Operations;

/// <summary>What can be done to groups.</summary>
internal sealed class GroupOperations(GrainsOf<IGroupGrain> groups, IOptions<RequestOptions> options, TimeProvider time, ApiMetrics metrics)
    : ResourceOperations(ResourceTypes.Group, RecordKinds.Group, groups.Get, options.Value.MaxGroupBodyBytes, time, metrics);
