using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Contracts.Groups;

/// <summary>The only writer of one group and of its members. Holds no member in memory: what a command names is looked up, whatever the group's size.</summary>
[Alias("IGroupGrain")]
public interface IGroupGrain : IResourceGrain
{
    /// <summary>Gives up members who were deleted as users, as many as one commit takes. Changed says whether there were any.</summary>
    [Alias("RemoveDeparted")]
    Task<ResourceReply> RemoveDepartedAsync(RemoveDeparted command);
}

/// <summary>Gives up departed members.</summary>
/// <param name="Origin">Who asks.</param>
/// <param name="Deadline">When the caller stops waiting (UTC).</param>
[GenerateSerializer, Immutable, Alias("RemoveDeparted")]
public sealed record RemoveDeparted(EventOrigin Origin, DateTimeOffset Deadline) : ResourceCommand(Origin, Deadline, null);
