using OrleansIdentity.Grains.Contracts.Directory;
using OrleansIdentity.Scim.Errors;
using OrleansIdentity.Scim.Resources;
using OrleansIdentity.Scim.Search;

namespace OrleansIdentity.Api.Scim.Lists;

/// <summary>A list that can be asked for.</summary>
/// <param name="Name">Its path below the base URL; a cursor of one list is not one of another.</param>
/// <param name="Resources">Who writes the resources in it.</param>
/// <param name="Read">Reads a page of it.</param>
internal sealed record ResourceList(string Name, ResourceEndpoints[] Resources, Func<IDirectoryGrain, ListRequest, CancellationToken, Task<ListReply>> Read)
{
    /// <summary>What is to be shown of the resources of each type; or 400 <c>invalidValue</c>.</summary>
    public Outcome<IReadOnlyDictionary<ResourceEndpoints, Projection?>> Projections(ScimContext context, SearchRequest search)
    {
        var projections = new Dictionary<ResourceEndpoints, Projection?>();
        foreach (var resources in Resources)
        {
            if (!Projection.Parse(resources.Type(context), search.Attributes, search.ExcludedAttributes).TryGet(out var projection, out var error))
            {
                return error!;
            }

            projections.Add(resources, projection);
        }

        return projections;
    }
}
