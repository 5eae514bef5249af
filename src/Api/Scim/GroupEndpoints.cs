using OrleansIdentity.Api.Scim.Operations;
using OrleansIdentity.Api.Telemetry;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Directory;
using OrleansIdentity.Scim;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Api.Scim;

/// <summary>The SCIM operations on groups. Members are read in pages and written as they come, so that no answer is in memory as a whole.</summary>
internal sealed class GroupEndpoints(GroupOperations groups, GrainsOf<IDirectoryGrain> directories, ApiMetrics metrics) : ResourceEndpoints(groups, metrics)
{
    private const int MembersAtOnce = 2_000;

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
