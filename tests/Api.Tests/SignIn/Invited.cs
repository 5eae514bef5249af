using Microsoft.Extensions.DependencyInjection;
using OrleansIdentity.Api.Tests.Product;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Api.Tests.SignIn;

/// <summary>People whose invitation is out, without a mail.</summary>
internal static class Invited
{
    public static async Task InviteAsync(this TestTenant tenant, string userId)
    {
        var link = new MakeLink(new EventOrigin("system", "test", "test"), DateTimeOffset.MaxValue, LinkPurpose.Invitation, $"link-{userId}", DateTimeOffset.MaxValue);
        var user = tenant.Product.Services.GetRequiredService<IGrainFactory>().GetGrain<IUserGrain>(GrainKeys.Resource(tenant.Slug, userId));
        Assert.Null((await user.MakeLinkAsync(link)).Refusal);
    }
}
