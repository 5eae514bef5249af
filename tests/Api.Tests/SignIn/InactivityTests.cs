using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansIdentity.Api.Tests.Product;

namespace OrleansIdentity.Api.Tests.SignIn;

/// <summary>rules.md, rule 10: a session is over after the tenant's hours without a request.</summary>
public sealed class InactivityTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("orleansidentity-inactivity-").FullName;
    private readonly ShiftedTime _time = new();
    private RunningProduct _product = null!;

    public async Task InitializeAsync() => _product = await RunningProduct.StartAsync(
        _data, builder => builder.Services.UseClock(_time), "--SignIn:HashIterations", "10000");

    public async Task DisposeAsync()
    {
        await _product.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Session_WithoutARequestForLong_IsOverUnlessRenewed()
    {
        using var tenant = await TestTenant.CreateAsync(_product);
        using var ann = await Person.CreateAsync(tenant);
        await SessionApiTests.SetRulesAsync(tenant, 2, ssoOnly: false);
        var token = await ann.SignInAsync();

        _time.Shift = TimeSpan.FromMinutes(90);
        var renewed = SessionApiTests.Text(await SessionApiTests.JsonAsync(await ann.SendAsync("POST", "/api/v1/sessions/renew", token)), "token");
        _time.Shift = TimeSpan.FromMinutes(121);
        Assert.Equal((401, 200), (await ann.StatusAsync(token), await ann.StatusAsync(renewed)));

        // A shorter time is in force for the next request, for sessions that began before too.
        await SessionApiTests.SetRulesAsync(tenant, 1, ssoOnly: false);
        _time.Shift = TimeSpan.FromMinutes(151);
        Assert.Equal(401, await ann.StatusAsync(renewed));
    }
}
