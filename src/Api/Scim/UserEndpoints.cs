using Microsoft.Extensions.Options;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.Telemetry;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Directory;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Api.Scim;

/// <summary>The SCIM operations on users. A user's representation shows the groups that it is a member of.</summary>
internal sealed class UserEndpoints(
    GrainsOf<IUserGrain> users, IOptions<RequestOptions> options, TimeProvider time, ApiMetrics metrics)
    : ResourceEndpoints(ResourceTypes.User, RecordKinds.User, options.Value.MaxBodyBytes, time, metrics)
{
    public override ResourceType Type(ScimContext context) => context.Users.Type;

    protected override IResourceGrain Grain(ScimContext context, string id) => users.Get(GrainKeys.Resource(context.Tenant, id));

    protected override ValueTask WriteApartAsync(ScimContext context, GrowingBody body, ListedResource resource, Projection? projection)
    {
        if (resource.Groups.Length > 0 && References.Of(ResourceTypes.User, "groups", projection) is { } references)
        {
            using var writer = references.Begin(body.Buffer);
            foreach (var group in resource.Groups)
            {
                references.Write(writer, group.Id, context.Location(ResourceTypes.Group.Endpoint, group.Id), group.Display, "direct");
            }

            writer.WriteEndArray();
        }

        return ValueTask.CompletedTask;
    }
}
