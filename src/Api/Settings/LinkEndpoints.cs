using OrleansIdentity.Api.Hosting;
using OrleansIdentity.Grains.Contracts;
using OrleansIdentity.Grains.Contracts.Directory;
using OrleansIdentity.Grains.Contracts.Resources;
using OrleansIdentity.Grains.Contracts.Users;

namespace OrleansIdentity.Api.Settings;

/// <summary>The user of Okta whose account it is.</summary>
/// <param name="OktaUserId">The id of the user in Okta, such as <c>00u1a2b3c4</c>.</param>
public sealed record OktaLink(string OktaUserId);

/// <summary>Links between accounts and users of Okta, made by hand: owners and admins are never linked by e-mail (rules.md, rule 5).</summary>
internal static class LinkEndpoints
{
    public static void MapLinks(this RouteGroupBuilder group)
    {
        group.MapPut("/links/{userId}", LinkAsync).WithSummary("Link an account to a user of Okta").Accepts<OktaLink>("application/json")
            .Produces(204).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(415);
        group.MapDelete("/links/{userId}", UnlinkAsync).WithSummary("Take an account's link to a user of Okta away; its sessions end")
            .Produces(204).ProducesProblem(403).ProducesProblem(404);
    }

    private static async Task<IResult> LinkAsync(string userId, HttpContext http, GrainsOf<IUserGrain> users, GrainsOf<IDirectoryGrain> directories)
    {
        var call = SettingsCall.Of(http);
        var (wanted, refused) = await SettingsBody.ReadAsync<OktaLink>(http, call.Call.Deadline);
        if (refused is not null || !ResourceId.IsOne(userId))
        {
            return refused ?? Unknown();
        }

        // One whom provisioning has made somebody else's would fit two accounts, and sign in to none.
        var match = await directories.Get(call.Call.Tenant).FindSignOnAsync(wanted!.OktaUserId, null, call.Call.Deadline);
        if (match.UserId is { } holder && holder != userId)
        {
            return Problem.From(409, "okta-id-taken", $"This user of Okta belongs to the account {holder}. Nothing was changed. Unlink that account first, or correct its externalId in Okta.");
        }

        var command = new LinkOkta(call.Origin, call.Call.AnswerBy, wanted.OktaUserId) { By = call.By };
        return Answer(await users.Get(GrainKeys.Resource(call.Call.Tenant, userId)).LinkOktaAsync(command).WaitAsync(call.Call.Deadline));
    }

    private static async Task<IResult> UnlinkAsync(string userId, HttpContext http, GrainsOf<IUserGrain> users)
    {
        var call = SettingsCall.Of(http);
        return ResourceId.IsOne(userId)
            ? Answer(await users.Get(GrainKeys.Resource(call.Call.Tenant, userId)).UnlinkOktaAsync(new UnlinkOkta(call.Origin, call.Call.AnswerBy) { By = call.By }).WaitAsync(call.Call.Deadline))
            : Unknown();
    }

    private static IResult Unknown() => Problem.From(404, "user-unknown", "There is no user with this id.");

    private static IResult Answer(AccountReply reply) => reply.Refusal is { } refusal ? Problem.From(refusal) : Results.NoContent();
}
