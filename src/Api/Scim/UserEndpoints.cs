using OrleansIdentity.Api.Scim.Operations;
using OrleansIdentity.Api.Telemetry;
using OrleansIdentity.Grains.Contracts.Directory;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Api.Scim;

/// <summary>The SCIM operations on users. A user's representation shows the groups that it is a member of.</summary>
internal sealed class UserEndpoints(UserOperations users, ApiMetrics metrics) : ResourceEndpoints(users, metrics)
{
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
