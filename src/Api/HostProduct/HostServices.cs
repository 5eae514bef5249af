using Microsoft.Extensions.Options;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Directory;
using OrleansIdentity.Grains.Contracts.People;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.Users;

namespace OrleansIdentity.Api.HostProduct;

/// <summary>What the endpoints of the host API work with.</summary>
internal sealed class HostServices(
    GrainsOf<IUserGrain> users, GrainsOf<IPeopleGrain> people, GrainsOf<IDirectoryGrain> directories, IOptions<RequestOptions> options, TimeProvider time)
{
    /// <summary>The largest body, in bytes.</summary>
    public int MaxBodyBytes => options.Value.MaxBodyBytes;

    /// <summary>From then on (UTC) no command that is sent now may begin anything.</summary>
    public DateTimeOffset Deadline => time.GetUtcNow() + options.Value.AnswerWithin;

    /// <summary>An id for a new user.</summary>
    public string NewId() => ResourceId.New(time.GetUtcNow());

    public IUserGrain User(string tenant, string id) => users.Get(GrainKeys.Resource(tenant, id));

    public IPeopleGrain People(string tenant) => people.Get(tenant);

    public IDirectoryGrain Directory(string tenant) => directories.Get(tenant);
}
