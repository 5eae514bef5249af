using Microsoft.Extensions.Options;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Api.Telemetry;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Directory;
using OrleansIdentity.Grains.Contracts.Groups;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Store;
using OrleansIdentity.Scim;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Api.Scim;

/// <summary>The SCIM operations on groups. Members are read in pages and written as they come, so that no answer is in memory as a whole.</summary>
internal sealed class GroupEndpoints(
    GrainsOf<IGroupGrain> groups, GrainsOf<IDirectoryGrain> directories, IOptions<RequestOptions> options, TimeProvider time, ApiMetrics metrics)
    : ResourceEndpoints(ResourceTypes.Group, RecordKinds.Group, options.Value.MaxGroupBodyBytes, time, metrics)
{
    private const int MembersAtOnce = 2_000;

    protected override IResourceGrain Grain(ScimContext context, string id) => groups.Get(GrainKeys.Resource(context.Tenant, id));

    // Okta sends up to 1,000 changes of members at once, again and again: the members it did not change it does not want to read each time.
    protected override async ValueTask<bool> IsLargeAsync(ScimContext context, string id, Projection? projection) =>
        References.Of(ResourceTypes.Group, "members", projection) is not null
        && (await ReadMembersAsync(context, id, null, ScimLimits.Default.DefaultPageSize + 1)).Length > ScimLimits.Default.DefaultPageSize;

    protected override async ValueTask WriteApartAsync(ScimContext context, GrowingBody body, ListedResource resource, Projection? projection)
    {
        if (References.Of(ResourceTypes.Group, "members", projection) is not { } references)
        {
            return;
        }

        // An empty group says so: Okta compares the members of an imported group with its own.
        await using var writer = references.Begin(body.Buffer);
        string[] page;
        string? after = null;
        do
        {
            page = await ReadMembersAsync(context, resource.Id, after, MembersAtOnce);
            foreach (var id in page)
            {
                references.Write(writer, id, context.Location(ResourceTypes.User.Endpoint, id), display: null, "User");
            }

            // The buffer may be given away only when the writer has nothing left that belongs into it.
            await writer.FlushAsync(context.Deadline);
            await body.FlushIfLargeAsync();
            after = page.Length > 0 ? page[^1] : after;
        }
        while (page.Length == MembersAtOnce);
        writer.WriteEndArray();
    }

    private Task<string[]> ReadMembersAsync(ScimContext context, string id, string? after, int count) =>
        directories.Get(context.Tenant).ReadMembersAsync(id, after, count, context.Deadline).WaitAsync(context.Deadline);
}
