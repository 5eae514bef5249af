using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Groups;
using OrleansIdentity.Grains.Resources;
using OrleansIdentity.Grains.Schemas;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Users;

/// <summary>A user's grain; its representation shows the groups that it is a member of, which are not its own to change.</summary>
[GrainType("user")]
internal sealed class UserGrain(RecordAccess access, StoredUserTypes types, TimeProvider time) : ResourceGrain(access, Lifecycle.Rules, time), IUserGrain
{
    protected override async ValueTask<ResourceDecision> DecideAsync(
        ResourceRecord? current, ResourceCommand command, IReadOnlySet<string> unknown, DateTimeOffset now)
    {
        var users = await types.OfAsync(Key.Tenant, command.SchemaRevision, CancellationToken.None);
        return Lifecycle.Rules.For(users.Type).Decide(Key.Id, current, command, now);
    }

    protected override async ValueTask<ResourceReply> CompleteAsync(ResourceReply reply)
    {
        if (reply.Error is not null)
        {
            return reply;
        }

        var memberships = await Store.ReadMembershipsAsync(Key.Tenant, [Key.Id], CancellationToken.None);
        return memberships.Count == 0 ? reply : reply with { Groups = [.. GroupLinks.ByUser(memberships)[Key.Id]] };
    }
}
