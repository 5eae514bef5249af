using OrleansIdentity.Api.Authentication;
using OrleansIdentity.Api.Introspection;
using OrleansIdentity.Grains.Contracts.Applications;
using OrleansIdentity.Grains.Contracts.Directory;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Api.Operator;

/// <summary>Asks for a new application.</summary>
/// <param name="Name">What to call it, at most 100 characters.</param>
public sealed record NewApplication(string? Name);

/// <summary>An application that was just created: the only time that its secret is shown.</summary>
/// <param name="ClientId">Its client id.</param>
/// <param name="ClientSecret">Its secret.</param>
/// <param name="Name">What it is called.</param>
public sealed record MintedApplication(string ClientId, string ClientSecret, string Name);

/// <summary>The applications of the host product.</summary>
/// <param name="Applications">In the order of their client ids.</param>
public sealed record ApplicationList(ApplicationView[] Applications);

/// <summary>Applications of the host product, which may introspect tokens: create, list, delete.</summary>
internal static class ApplicationEndpoints
{
    public static void MapApplications(this RouteGroupBuilder group)
    {
        group.MapPost("/applications", CreateAsync).WithSummary("Create an application of the host product; its secret is shown once")
            .Produces<MintedApplication>(201).ProducesProblem(400);
        group.MapGet("/applications", ListAsync).WithSummary("List the applications of the host product").Produces<ApplicationList>();
        group.MapDelete("/applications/{clientId}", DeleteAsync).WithSummary("Delete an application, from the next request on").Produces(204).ProducesProblem(404);
    }

    private static async Task<IResult> CreateAsync(NewApplication wanted, HttpContext http, IGrainFactory grains)
    {
        var call = OperatorCall.Of(http);
        var (clientId, secret) = ClientCredentials.Create();
        var command = new CreateApplication(wanted.Name ?? "", BearerToken.Hash(secret), call.Origin);
        if (await grains.GetGrain<IApplicationGrain>(clientId).CreateAsync(command) is { } refusal)
        {
            return OperatorProblem.From(refusal);
        }

        call.IsRecorded = true;
        http.Response.Headers.CacheControl = "no-store";
        return Results.Created($"{OperatorApi.Root}/applications/{clientId}", new MintedApplication(clientId, secret, wanted.Name!));
    }

    private static async Task<IResult> ListAsync(IGrainFactory grains, CancellationToken cancellationToken) => Results.Ok(
        new ApplicationList(await grains.GetGrain<IDirectoryGrain>(RecordKey.SystemTenant).ListApplicationsAsync(cancellationToken)));

    private static async Task<IResult> DeleteAsync(string clientId, HttpContext http, IGrainFactory grains)
    {
        var call = OperatorCall.Of(http);
        if (!ClientCredentials.IsClientId(clientId))
        {
            return OperatorProblem.From(404, "application-unknown", "There is no such application. List the applications to see which there are.");
        }

        if (await grains.GetGrain<IApplicationGrain>(clientId).DeleteAsync(call.Origin) is { } refusal)
        {
            return OperatorProblem.From(refusal);
        }

        call.IsRecorded = true;
        return Results.NoContent();
    }
}
