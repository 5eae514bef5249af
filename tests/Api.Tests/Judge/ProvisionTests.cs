using System.Text.RegularExpressions;
using OrleansIdentity.Api.Tests.Product;
using OrleansIdentity.OktaSimulator.Scenarios;
using OrleansIdentity.OktaSimulator.Scim;

namespace OrleansIdentity.Api.Tests.Judge;

/// <summary>A whole Okta org against the product.</summary>
[Collection(ProductCollection.Name)]
public sealed partial class ProvisionTests(SharedProduct shared)
{
    [Fact]
    public async Task Run_BothKindsOfApp_EverythingIsAsOktaNeedsIt()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);

        var report = await Simulation.RunAsync(tenant, seed: 1);

        Assert.True(report.IsAsOktaNeeds, Simulation.Text(report));
        Assert.Equal(["classic", "catalogue"], report.EndStates.Select(state => state.App));
        Assert.All(report.EndStates, state =>
        {
            Assert.Equal(state.Users, state.Verified);
            Assert.Equal(state.Verified, state.Active + state.Deactivated);

            // No role of the play was empty.
            Assert.All([state.Active, state.Deactivated, state.Linked, state.Renamed, state.Deleted, state.Groups], number => Assert.True(number > 0));
        });
        Assert.Equal(Enum.GetValues<CallKind>(), report.Calls.Select(call => call.Kind));
    }

    [Fact]
    public async Task Run_AgainOnTheSameTenant_EverythingIsAsOktaNeedsIt()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        await Simulation.RunAsync(tenant, seed: 1);

        var report = await Simulation.RunAsync(tenant, seed: 2);

        Assert.True(report.IsAsOktaNeeds, Simulation.Text(report));
    }

    [Fact]
    public async Task Run_SeedThatTheTenantHasSeen_CannotRun()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        await Simulation.RunAsync(tenant, seed: 1);

        var exception = await Assert.ThrowsAsync<CannotRunException>(() => Simulation.RunAsync(tenant, seed: 1));

        Assert.Contains("another seed", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SameSeedOnAnotherTenant_SendsTheSameBodies()
    {
        var first = await BodiesAsync(seed: 3);

        Assert.NotEmpty(first);
        Assert.Equal(first, await BodiesAsync(seed: 3));
        Assert.NotEqual(first, await BodiesAsync(seed: 4));
    }

    [Fact]
    public async Task Run_Requests_HaveOktasHeaders()
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        using var recorder = new Recorder();

        await recorder.RunAsync(Simulation.Options(tenant, 5, users: 24));

        Assert.All(recorder.Requests, request =>
        {
            Assert.Equal("Okta SCIM Client 1.0.0", request.Headers["User-Agent"]);
            Assert.Equal("application/scim+json", request.Headers["Accept"]);
            Assert.Equal("utf-8", request.Headers["Accept-Charset"]);
            Assert.Equal("gzip,deflate", request.Headers["Accept-Encoding"]);
            Assert.Equal(request.Body is null ? null : "application/scim+json; charset=utf-8", request.ContentType);
        });
        Assert.Contains(recorder.Requests, request => request.Query.Contains("userName%20eq%20%22", StringComparison.Ordinal));
        Assert.Contains(recorder.Requests, request => request.Query.Contains("userName+eq+%22", StringComparison.Ordinal));
        Assert.Contains(recorder.Requests, request => request.Query.Contains("%2Bokta.3%40", StringComparison.Ordinal));
    }

    // Ids and times are the server's, and its answers come in any order.
    private async Task<string[]> BodiesAsync(int seed)
    {
        using var tenant = await TestTenant.CreateAsync(shared.Product);
        using var recorder = new Recorder();
        await recorder.RunAsync(Simulation.Options(tenant, seed, users: 24));
        return [.. recorder.Requests
            .Where(request => request.Body is not null)
            .Select(request => OfTheServer().Replace($"{request.Method} {request.Body}".Replace(tenant.Slug, "", StringComparison.Ordinal), "*"))
            .Order(StringComparer.Ordinal)];
    }

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z")]
    private static partial Regex OfTheServer();
}
