using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.Users;

namespace OrleansIdentity.Grains.Tests.Cluster;

public sealed class AccountGrainTests(GrainCluster cluster) : ClusterTests(cluster)
{
    [Fact]
    public async Task SetRole_IsDurableAndOneEvent()
    {
        var id = await CreatedAsync("ann");
        Assert.True((await SetRoleAsync(id, Roles.Admin)).Changed);
        Assert.False((await SetRoleAsync(id, Roles.Admin)).Changed);

        Assert.Equal(Roles.Admin, (await User(id).ReadAccountAsync()).Account!.Role);
        Assert.False((await Cluster.Behind.LoadAsync(new(Tenant, "user", id), default))!.Private.IsEmpty);
        Assert.Equal([1, 2], (await EventsAsync(id)).Select(one => one.Data.Version));
        Assert.Equal(1, (await User(id).ReadAsync()).Version);
    }

    [Fact]
    public async Task SetRole_NoSuchUser_IsRefused() =>
        Assert.Equal("resource-not-found", (await SetRoleAsync(Guid.CreateVersion7().ToString(), Roles.Admin)).Refusal!.Id);

    // rules.md, rule 3: "deactivating the last one is refused, whoever asks".
    [Fact]
    public async Task LastOwner_WhateverEndsIt_IsRefusedUntilThereIsAnother()
    {
        var first = await CreatedAsync("first");
        await SetRoleAsync(first, Roles.Owner);

        Assert.Equal("last-owner", (await User(first).PatchAsync(Patch("active", false))).Error!.Id);
        Assert.Equal("last-owner", (await User(first).DeleteAsync(new DeleteResource(Origin, Deadline, null))).Error!.Id);
        Assert.Equal("last-owner", (await SetRoleAsync(first, Roles.Viewer)).Refusal!.Id);
        Assert.Equal(2, (await EventsAsync(first)).Count);

        await SetRoleAsync(await CreatedAsync("second"), Roles.Owner);
        Assert.True((await User(first).PatchAsync(Patch("active", false))).Changed);
        Assert.Equal(AccountStatuses.Deactivated, (await User(first).ReadAccountAsync()).Account!.Status);
    }

    [Fact]
    public async Task Owners_AllDeactivatedAtOnce_OneStays()
    {
        var owners = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => CreatedAsync($"owner{number}")));
        await Task.WhenAll(owners.Select(id => SetRoleAsync(id, Roles.Owner)));

        var replies = await Task.WhenAll(owners.Select(id => User(id).PatchAsync(Patch("active", false))));

        Assert.Equal("last-owner", Assert.Single(replies, reply => reply.Error is not null).Error!.Id);
    }

    private Task<AccountReply> SetRoleAsync(string id, string role) => User(id).SetRoleAsync(new SetRole(Origin, Deadline, role));
}
