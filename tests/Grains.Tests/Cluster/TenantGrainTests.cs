using System.Security.Cryptography;
using OrleansIdentity.Grains.Contracts.HostNames;
using OrleansIdentity.Grains.Contracts.Tenants;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Grains.Tests.Cluster;

public sealed class TenantGrainTests(GrainCluster cluster) : ClusterTests(cluster)
{
    private static readonly byte[] Hash = SHA256.HashData("token"u8);

    private ITenantGrain Grain => Cluster.Grains.GetGrain<ITenantGrain>(Tenant);

    [Fact]
    public async Task Authenticate_WhileACommandIsUnderWay_AnswersFromWhatIsCommitted()
    {
        await CreateAsync(enabled: true);
        var gate = new TaskCompletionSource();
        var reached = new TaskCompletionSource();
        Store.BeforeCommit = _ =>
        {
            reached.SetResult();
            return gate.Task;
        };

        var disabling = Grain.SetIntegrationAsync(false, Origin);
        await reached.Task;
        Assert.Equal(AuthenticationResult.Accepted, (await Grain.AuthenticateAsync(Hash)).Result);
        Assert.True((await Grain.ReadAsync())!.IntegrationEnabled);

        gate.SetResult();
        Assert.True((await disabling).Changed);
        Assert.Equal(AuthenticationResult.IntegrationDisabled, (await Grain.AuthenticateAsync(Hash)).Result);
    }

    [Fact]
    public async Task Authenticate_OnlyALiveToken_IsKnown()
    {
        await CreateAsync(enabled: true);
        Assert.Equal(new AuthenticationReply(AuthenticationResult.Accepted, "t1", TenantSettings.Default), await Grain.AuthenticateAsync(Hash));
        Assert.Equal(AuthenticationResult.Unknown, (await Grain.AuthenticateAsync(SHA256.HashData("other"u8))).Result);

        // What stands in an empty slot is no token, even for somebody who could send a digest.
        Assert.Equal(AuthenticationResult.Unknown, (await Grain.AuthenticateAsync(new byte[32])).Result);

        await Grain.RevokeTokenAsync("t1", Origin);
        Assert.Equal(AuthenticationResult.Unknown, (await Grain.AuthenticateAsync(Hash)).Result);
    }

    [Fact]
    public async Task Command_OutcomeUnknown_IsFoundOutBeforeTheNextAnswer()
    {
        await CreateAsync(enabled: true);
        Store.AfterCommit = _ => throw new StoreUnavailableException("The answer got lost.");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Grain.SetIntegrationAsync(false, Origin));
        Store.AfterCommit = _ => Task.CompletedTask;

        Assert.Equal(AuthenticationResult.IntegrationDisabled, (await Grain.AuthenticateAsync(Hash)).Result);
        Assert.False((await Grain.SetIntegrationAsync(false, Origin)).Changed);
    }

    [Fact]
    public async Task Authenticate_MadeUpTenants_StayBoundedInMemory()
    {
        for (var number = 0; number < 1_200; number++)
        {
            var reply = await Cluster.Grains.GetGrain<ITenantGrain>($"{Tenant}-made-up-{number}").AuthenticateAsync(Hash);
            Assert.Equal(AuthenticationResult.Unknown, reply.Result);
        }

        while (await Cluster.ActivationsAsync("tenant") > 1_050)
        {
            await Task.Yield();
        }
    }

    [Fact]
    public async Task HostName_TwentyTenantsClaimIt_OneGetsItAndAReleaseFreesIt()
    {
        var host = $"{Tenant}.example.test";
        var grain = Cluster.Grains.GetGrain<IHostNameGrain>(host);
        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => grain.ClaimAsync($"{Tenant}-{number}", Origin)));

        Assert.Equal(19, claims.Count(refusal => refusal?.Id == "host-name-taken"));
        var holder = $"{Tenant}-{Array.FindIndex(claims, refusal => refusal is null)}";
        Assert.Equal(holder, await grain.ResolveAsync());
        Assert.Null(await grain.ClaimAsync(holder, Origin));

        await grain.ReleaseAsync("somebody-else", Origin);
        Assert.Equal(holder, await grain.ResolveAsync());
        await grain.ReleaseAsync(holder, Origin);
        Assert.Null(await grain.ResolveAsync());
        Assert.Null(await grain.ClaimAsync("the-next", Origin));
        Assert.Equal("the-next", await grain.ResolveAsync());
    }

    private async Task CreateAsync(bool enabled)
    {
        Assert.Null((await Grain.CreateAsync(new CreateTenant([], Origin))).Refusal);
        Assert.Null((await Grain.AddTokenAsync(new AddScimToken("t1", Hash, "label", Origin))).Refusal);
        Assert.Null((await Grain.SetIntegrationAsync(enabled, Origin)).Refusal);
    }
}
