using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.People;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Profiles;
using OrleansIdentity.Scim.Schemas;

namespace OrleansIdentity.Api.Operator;

/// <summary>Owners of a tenant. The first one can be made by nobody inside it.</summary>
internal static class OwnerEndpoints
{
    public static void MapOwners(this RouteGroupBuilder group) => group.MapPost("/tenants/{slug}/owners", MakeAsync)
        .WithSummary("Make somebody an owner of a tenant: whoever has the e-mail address, or a new user. Asking again changes nothing")
        .Produces<Owner>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> MakeAsync(
        string slug, NewOwner wanted, HttpContext http, IGrainFactory grains, IOptions<RequestOptions> options, TimeProvider time)
    {
        if (TenantEndpoints.Find(grains, slug) is not { } tenant || await tenant.ReadAsync() is not { } view)
        {
            return TenantEndpoints.Unknown();
        }

        var call = OperatorCall.Of(http);
        var deadline = time.GetUtcNow() + options.Value.AnswerWithin;
        var found = await grains.GetGrain<IPeopleGrain>(slug).ResolveAsync([wanted.Email], withOktaIds: false, http.RequestAborted);
        var id = found[0] ?? Guid.CreateVersion7(time.GetUtcNow()).ToString();
        var user = grains.GetGrain<IUserGrain>(GrainKeys.Resource(slug, id));
        if (found[0] is null)
        {
            var fields = new JsonObject { ["email"] = wanted.Email, ["user_name"] = wanted.Email };
            if (!ProfileEdit.Apply(ResourceTypes.User, [], Encoding.UTF8.GetBytes(fields.ToJsonString())).TryGet(out var attributes, out var error))
            {
                return Problem.From(error);
            }

            var created = await user.CreateAsync(new CreateResource(call.Origin, deadline, Encoding.UTF8.GetBytes(attributes.ToJsonString()))
            {
                Invitations = view.Settings.Invitations,
            });
            if (created.Error is { } failure)
            {
                return Problem.From(failure);
            }

            call.IsRecorded = true;
        }

        var reply = await user.SetRoleAsync(new SetRole(call.Origin, deadline, Roles.Owner));
        call.IsRecorded |= reply.Changed;
        return reply.Refusal is { } refusal ? Problem.From(refusal) : Results.Ok(new Owner(id));
    }
}
