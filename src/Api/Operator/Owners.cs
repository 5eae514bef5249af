using System.Text;
using System.Text.Json.Nodes;
using MimeKit;
using OrleansIdentity.Api.Links;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Directory;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.Users;
using OrleansIdentity.Grains.Store;

namespace OrleansIdentity.Api.Operator;

/// <summary>Makes owners of tenants. Each step finds what the one before has left, so that a call that was cut short is repeated and goes on.</summary>
internal sealed class Owners(GrainsOf<IUserGrain> users, GrainsOf<IDirectoryGrain> directories, LinkSender links, TimeProvider time)
{
    private const int MaxEmail = 254;
    private const int MaxName = 100;

    /// <summary>What is wrong with an owner; null when nothing is.</summary>
    public static Refusal? Complaint(NewOwner owner) =>
        owner.Email is not { Length: > 0 and <= MaxEmail } email || !MailboxAddress.TryParse(email, out var address) || address.Address != email
            ? new Refusal(400, "owner-email-invalid", "The owner's e-mail address cannot be one. Send it alone, such as ann@example.com.")
        : owner.FirstName is { Length: > MaxName } || owner.LastName is { Length: > MaxName }
            ? new Refusal(400, "owner-name-too-long", $"A name has at most {MaxName} characters. Shorten it.")
        : null;

    /// <summary>Makes an owner and sends an invitation; one who has come in already gets none.</summary>
    public async Task<AccountReply> InviteAsync(string tenant, NewOwner owner, EventOrigin origin)
    {
        var reply = await EnsureAsync(tenant, owner, origin);
        if (reply.Account is not { Status: not AccountStatuses.Confirmed } account)
        {
            return reply;
        }

        return await links.SendAsync(tenant, account.Id, LinkPurpose.Invitation, origin, DateTimeOffset.MaxValue);
    }

    /// <summary>Makes an owner: of the user of this address when there is one, else of a new one.</summary>
    public async Task<AccountReply> EnsureAsync(string tenant, NewOwner owner, EventOrigin origin)
    {
        var id = await directories.Get(tenant).FindLoginAsync(owner.Email, CancellationToken.None);
        if (id is null)
        {
            id = ResourceId.New(time.GetUtcNow());
            var created = await users.Get(GrainKeys.Resource(tenant, id)).CreateAsync(new CreateResource(origin, DateTimeOffset.MaxValue, Attributes(owner)));
            if (created.Error is { } error)
            {
                return AccountReply.Refused(new Refusal(error.Status, error.Id, error.Detail));
            }
        }

        return await users.Get(GrainKeys.Resource(tenant, id)).SetRoleAsync(new SetRole(origin, DateTimeOffset.MaxValue, Roles.Owner));
    }

    private static byte[] Attributes(NewOwner owner)
    {
        var attributes = new JsonObject
        {
            ["userName"] = owner.Email,
            ["emails"] = new JsonArray(new JsonObject { ["value"] = owner.Email, ["primary"] = true }),
        };
        var name = new JsonObject();
        Put(name, "givenName", owner.FirstName);
        Put(name, "familyName", owner.LastName);
        if (name.Count > 0)
        {
            attributes["name"] = name;
        }

        return Encoding.UTF8.GetBytes(attributes.ToJsonString());
    }

    private static void Put(JsonObject name, string member, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            name[member] = value;
        }
    }
}

/// <summary>Owners of a tenant: name one, which invites; naming again sends a new invitation.</summary>
internal static class OwnerEndpoints
{
    public static void MapOwners(this RouteGroupBuilder group) => group.MapPost("/tenants/{slug}/owners", NameAsync)
        .WithSummary("Name an owner, who is invited by e-mail; naming one again who has not come in sends a new invitation")
        .Produces<OwnerAccount>().ProducesProblem(400).ProducesProblem(404);

    private static async Task<IResult> NameAsync(string slug, NewOwner owner, HttpContext http, IGrainFactory grains, Owners owners)
    {
        if (TenantEndpoints.Find(grains, slug) is not { } tenant || await tenant.ReadAsync() is null)
        {
            return TenantEndpoints.Unknown();
        }

        if (Owners.Complaint(owner) is { } complaint)
        {
            return OperatorProblem.From(complaint);
        }

        var call = OperatorCall.Of(http);
        var reply = await owners.InviteAsync(slug, owner, call.Origin);
        call.IsRecorded = reply.Changed;
        return reply.Refusal is { } refusal ? OperatorProblem.From(refusal) : Results.Ok(new OwnerAccount(reply.Account!.Id, reply.Account.Status));
    }
}
